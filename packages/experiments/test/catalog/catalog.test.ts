import { readdirSync, readFileSync } from 'node:fs';
import { buildModel } from '@strata/core/models';
import { nodeNamed } from '@strata/core/network';
import {
  experimentNamed,
  experimentNames,
  experiments,
  profileNamed,
  profileNames,
} from '@strata/experiments/catalog';
import { claimOf, rowOf, tableOf } from '@strata/experiments/papers';
import { describe, expect, it } from 'vitest';
import { createNodes, experimentNamesIn } from '../../nx-plugin.mjs';

const catalog = new URL('../../src/catalog/', import.meta.url);

describe.each(experiments.map(experiment => [experiment.name, experiment] as const))(
  'experiment %s',
  (_, experiment) => {
    it.each(experiment.variants.map(variant => [variant.name, variant] as const))(
      '%s stands in the paper',
      (_, variant) => {
        const row = rowOf(tableOf(experiment.paper, experiment.table), variant.paperRow);
        expect(row.top1).toEqual(expect.any(Number));
      },
    );

    it('names claims that the paper makes', () => {
      for (const { id } of experiment.claims) expect(claimOf(experiment.paper, id).statement).not.toBe('');
    });

    it('has variants of different names, each after those that it starts from', () => {
      const seen = new Set<string>();
      for (const { name, startsFrom } of experiment.variants) {
        expect(seen.has(name)).toBe(false);
        if (startsFrom) expect(seen).toContain(startsFrom.variant);
        seen.add(name);
      }
    });

    describe.each(profileNames)('profile %s', profileName => {
      const profile = experiment.profiles[profileName];
      const networkOf = (name: string) => {
        const variant = experiment.variants.find(candidate => candidate.name === name);
        if (!variant) throw new Error(`no variant ${name}`);
        return buildModel({
          name: variant.model,
          options: { ...profile.options, ...variant.options, classes: 10 },
        });
      };

      it.each(experiment.variants.map(({ name }) => name))('builds %s', name => {
        expect(networkOf(name).nodes.at(-1)?.output).toEqual([10, 1, 1]);
      });

      it('copies only layers that have the same shapes in both networks', () => {
        for (const { name, startsFrom } of experiment.variants) {
          for (const layer of startsFrom?.layers ?? []) {
            const source = nodeNamed(networkOf(startsFrom?.variant ?? ''), layer);
            expect(nodeNamed(networkOf(name), layer).parameters).toEqual(source.parameters);
          }
        }
      });

      it('has a schedule that drops inside the training, and at least one step an epoch', () => {
        const { schedule, batchSize } = profile.recipe;
        expect([...schedule.dropAt]).toEqual([...schedule.dropAt].sort((a, b) => a - b));
        expect(schedule.dropAt.every(fraction => fraction > 0 && fraction < 1)).toBe(true);
        expect(profile.subset.train ?? batchSize).toBeGreaterThanOrEqual(batchSize);
      });
    });
  },
);

describe('catalog', () => {
  it('answers an unknown name with the nearest', () => {
    expect(() => experimentNamed('vgg-dept')).toThrow(
      /Unknown experiment "vgg-dept". Did you mean "vgg-depth"/,
    );
    expect(() => profileNamed('smok')).toThrow(/Did you mean "smoke"/);
  });

  it('is what Nx infers its targets from', async () => {
    const files = readdirSync(catalog, { recursive: true, encoding: 'utf8' }).filter(file =>
      /^[^/]+\/.+\.ts$/.test(file),
    );
    const inferred = files.flatMap(file => experimentNamesIn(readFileSync(new URL(file, catalog), 'utf8')));
    expect(inferred.sort()).toEqual([...experimentNames].sort());
  });

  it('gives each experiment a target that is never cached', async () => {
    const workspaceRoot = new URL('../../../../', import.meta.url).pathname;
    const [, infer] = createNodes;
    const nodes = await infer(['packages/experiments/src/catalog/vgg/depth.ts'], undefined, {
      workspaceRoot,
      nxJsonConfiguration: {},
    });
    const target = nodes[0]?.[1].projects?.['packages/experiments']?.targets?.['vgg-depth'];
    expect(target).toMatchObject({
      command: 'node packages/cli/bin/strata.mjs run vgg-depth',
      cache: false,
    });
  });
});
