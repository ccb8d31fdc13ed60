import { readdirSync, readFileSync } from 'node:fs';
import { buildModel } from '@strata/core/models';
import { nodeNamed } from '@strata/core/network';
import {
  experimentNamed,
  experimentNames,
  experiments,
  profileNamed,
  profileNames,
  sentenceOf,
  termsOf,
} from '@strata/experiments/catalog';
import { publishedErrors } from '@strata/experiments/collect';
import { claimOf } from '@strata/experiments/papers';
import {
  ensemblesAt,
  evaluationsAt,
  evaluationsFor,
  evaluationsOf,
  settingsOf,
  variantsAt,
} from '@strata/experiments/plan';
import { describe, expect, it } from 'vitest';
import { createNodes, experimentNamesIn } from '../../nx-plugin.mjs';

const catalog = new URL('../../src/catalog/', import.meta.url);

describe.each(experiments.map(experiment => [experiment.name, experiment] as const))(
  'experiment %s',
  (_, experiment) => {
    it.each(
      experiment.variants.filter(({ paperRow }) => paperRow).map(variant => [variant.name, variant] as const),
    )('%s stands in the paper', (_, variant) => {
      const evaluations = evaluationsOf(experiment, experiment.profiles.paper, variant);
      const paper = evaluations.map(evaluation =>
        publishedErrors(experiment, variant, evaluation, evaluations),
      );
      expect(paper.some(({ top1Error, top5Error }) => top1Error !== null || top5Error !== null)).toBe(true);
    });

    it('is tested in ways of different names, by which the paper knows each', () => {
      const rows = [...experiment.variants, ...(experiment.ensembles ?? [])];
      for (const profileName of profileNames) {
        const evaluations = evaluationsAt(experiment, experiment.profiles[profileName]);
        const names = evaluations.map(({ name }) => name);
        expect(new Set(names).size).toBe(names.length);
        for (const name of evaluations.flatMap(({ of }) => of ?? [])) {
          expect(rows.map(row => row.name)).toContain(name);
        }
        for (const row of rows) {
          const own = evaluationsFor(evaluations, row.name);
          expect(own.some(({ split }) => split === 'test')).toBe(true);
          for (const evaluation of own) {
            expect(() => publishedErrors(experiment, row, evaluation, own)).not.toThrow();
          }
        }
      }
    });

    it('names claims that the paper makes, each once', () => {
      for (const { id } of experiment.claims) expect(claimOf(id).statement).not.toBe('');
      expect(new Set(experiment.claims.map(({ id }) => id)).size).toBe(experiment.claims.length);
    });

    it('compares what it has: variants, ensembles and evaluations', () => {
      const trained = experiment.variants.map(({ name }) => name);
      for (const profileName of profileNames) {
        const profile = experiment.profiles[profileName];
        const names = [...trained, ...ensemblesAt(experiment, profile).map(({ name }) => name)];
        const evaluations = evaluationsAt(experiment, profile).map(({ name }) => name);
        for (const claim of experiment.claims) {
          for (const term of termsOf(claim)) {
            expect(names).toContain(typeof term === 'string' ? term : term.variant);
            if (typeof term !== 'string') expect(evaluations).toContain(term.evaluation);
          }
          for (const { variant } of claim.gates ?? []) expect(trained).toContain(variant);
        }
      }
    });

    it('says in a line what each claim compares, with a margin where it says that nothing differs', () => {
      for (const claim of experiment.claims) {
        expect(sentenceOf(claim)).toMatch(/^[^\n]+$/);
        if ('margin' in claim) expect(claim.margin).toBeGreaterThan(0);
      }
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
        const { name: model, options } = settingsOf(profile, variant).model;
        return buildModel({ name: model, options: { ...options, classes: 10 } });
      };

      const variants = variantsAt(experiment, profile);

      it.each(variants.map(({ name }) => name))('builds %s', name => {
        expect(networkOf(name).nodes.at(-1)?.output).toEqual([10, 1, 1]);
      });

      it('copies only layers that have the same shapes in both networks', () => {
        for (const { name, startsFrom } of profile.startFromTrained ? variants : []) {
          for (const layer of startsFrom?.layers ?? []) {
            const source = nodeNamed(networkOf(startsFrom?.variant ?? ''), layer);
            expect(nodeNamed(networkOf(name), layer).parameters).toEqual(source.parameters);
          }
        }
      });

      it('has a schedule that drops inside the training, and at least one step an epoch', () => {
        for (const variant of variants) {
          const { recipe, subset } = settingsOf(profile, variant);
          const { schedule, batchSize } = recipe;
          const dropAt = schedule.kind === 'steps' ? schedule.dropAt : [];
          expect([...dropAt]).toEqual([...dropAt].sort((a, b) => a - b));
          expect(dropAt.every(fraction => fraction > 0 && fraction < 1)).toBe(true);
          expect(subset.train ?? batchSize).toBeGreaterThanOrEqual(batchSize);
        }
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
