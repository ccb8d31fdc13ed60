import { describe, expect, it } from 'vitest';
import { buildModel, modelNames } from '../../../src/models/index.js';
import { boxesOf } from '../../../src/network/drawing/boxes.js';
import { layOut } from '../../../src/network/drawing/layout.js';
import { panelsOf } from '../../../src/network/drawing/panels.js';
import { drawNetwork } from '../../../src/network/drawing/svg.js';
import { nodeParameterCount } from '../../../src/network/index.js';

describe.each(modelNames)('the drawing of %s', name => {
  const net = buildModel({ name, options: {} });
  const panels = panelsOf(net);

  it('leaves no parameter out, though equal blocks are drawn once', () => {
    const drawn = panels.reduce(
      (sum, { times, boxes }) => sum + times * boxes.reduce((n, { parameters }) => n + parameters, 0),
      0,
    );
    expect(drawn).toBe(net.nodes.reduce((sum, node) => sum + nodeParameterCount(node), 0));
  });

  it('lays no box over another', () => {
    for (const { boxes } of panels.map(layOut)) {
      for (const [i, a] of boxes.entries()) {
        for (const b of boxes.slice(i + 1)) {
          const apart =
            Math.abs(a.x - b.x) >= (a.width + b.width) / 2 ||
            Math.abs(a.y - b.y) >= (a.height + b.height) / 2;
          expect(apart, `${a.box.name} and ${b.box.name}`).toBe(true);
        }
      }
    }
  });

  it('is a document of numbers and nothing undefined', () => {
    const svg = drawNetwork(net);
    expect(svg).toMatch(/^<svg [^>]*>/);
    expect(svg).not.toMatch(/NaN|undefined|Infinity/);
    expect(svg.match(/<g[ >]/g)?.length).toBe(svg.match(/<\/g>/g)?.length);
  });
});

describe('drawings', () => {
  it('take small layers into the box before them, but not from one block into the next', () => {
    const boxes = boxesOf(buildModel({ name: 'wrn-16-1', options: {} }));
    const box = (name: string) => boxes.find(candidate => candidate.name === name);
    expect(box('group1.block1.conv1')?.notes).toEqual(['BN', 'ReLU']);
    expect(box('group1.block2.bn1')).toMatchObject({ title: 'BN', notes: ['ReLU'] });
  });

  it('fold equal blocks', () => {
    const folded = panelsOf(buildModel({ name: 'preact-resnet-1001', options: {} }));
    expect(folded.map(({ times }) => times)).toEqual([1, 1, 110, 1, 110, 1, 110, 1]);
  });

  it('draw shortcuts as arcs where nothing is projected', () => {
    const arcs = (name: string): number =>
      panelsOf(buildModel({ name, options: {} }))
        .map(layOut)
        .reduce((sum, { edges }) => sum + edges.filter(({ arc }) => arc).length, 0);
    expect(arcs('wrn-16-4')).toBe(3);
    expect(arcs('vgg-a')).toBe(0);
    expect(arcs('inception-v1')).toBe(0);
  });

  it('set auxiliary heads apart', () => {
    const heads = panelsOf(buildModel({ name: 'inception-v1', options: {} })).filter(
      ({ branchesFrom }) => branchesFrom !== undefined,
    );
    expect(heads.map(({ branchesFrom }) => branchesFrom)).toEqual([
      'inception4a.concat',
      'inception4d.concat',
    ]);
  });
});
