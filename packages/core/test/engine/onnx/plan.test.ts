import { describe, expect, it } from 'vitest';
import { blockedPlan, chooseLayouts } from '../../../src/engine/onnx/nchwc/plan.js';
import { buildModel } from '../../../src/models/index.js';

const wrn = buildModel({ name: 'wrn-10-2', options: {} });
const vgg = buildModel({ name: 'vgg-a', options: { input: [3, 32, 32], classes: 10, width: 1 / 4 } });

describe('the blocked plan', () => {
  it('changes layout once, behind the last map', () => {
    for (const net of [wrn, vgg]) {
      const layouts = net.nodes.map(node => chooseLayouts(net, 8).get(node.name));
      const changes = layouts.filter((layout, i) => i > 0 && layout !== layouts[i - 1]);
      expect(changes).toEqual(['plain']);
    }
  });

  it('leaves no ReLU of a convolution or batch norm, and no sum of a block, to itself', () => {
    const kinds = blockedPlan(wrn, new Set(), 8).map(step => step.node.layer.kind);
    expect(kinds).not.toContain('relu');
    expect(kinds).not.toContain('add');
  });

  it('computes every node exactly once', () => {
    for (const net of [wrn, vgg]) {
      const plan = blockedPlan(net, new Set(), 8);
      const absorbed = plan.reduce((n, step) => n + (step.relu ? 1 : 0) + (step.sum ? 1 : 0), 0);
      expect(plan.length + absorbed).toBe(net.nodes.length);
    }
  });

  it('keeps layers apart that someone wants to see', () => {
    const ends = blockedPlan(vgg, new Set(['conv1_1']), 8).map(step => step.end.name);
    expect(ends).toContain('conv1_1');
    expect(ends).toContain('relu1_1');
    expect(ends).not.toContain('conv2_1');
  });

  it('reads images of few channels as they come', () => {
    const [first] = blockedPlan(wrn, new Set(), 8);
    expect(first?.inputs).toEqual([{ name: 'image', layout: 'plain' }]);
  });
});
