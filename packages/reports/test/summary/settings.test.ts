import { describe, expect, it } from 'vitest';
import { settingsOf } from '../../src/summary/index.js';
import { experiment, syntheticResults } from '../synthetic.js';

describe('settingsOf', () => {
  it('sets every setting beside that of the paper profile', () => {
    const settings = new Map(
      settingsOf(syntheticResults()).map(({ name, here, paper }) => [name, [here, paper]]),
    );
    expect(settings.get('data set')).toEqual(['shapes', 'imagenet']);
    expect(settings.get('training images')).toEqual(['2,000', 'all']);
    expect(settings.get('input')).toEqual(['3 × 32 × 32', '3 × 224 × 224']);
    expect(settings.get('hidden units')).toEqual(['128', "the model's default"]);
    expect(settings.get('epochs')).toEqual(['10', '74']);
    expect(settings.get('rate drops')?.[0]).toBe('times 0.1 at 60 %, 85 % of the training');
    expect(settings.get('initial weights')).toEqual(['He', 'normal, deviation 0.1']);
    expect(settings.get('augmentation')).toEqual(['zero-pad 4 and crop, flip', 'flip']);
    expect(settings.get('runs a variant')).toEqual(['3', '1']);
    expect(settings.get('momentum')).toEqual(['0.9', '0.9']);
  });

  it('says in words what a variant has of its own, and nothing of one that is not trained here', () => {
    const results = syntheticResults();
    const [first, second] = results.experiment.variants.map(({ name }) => name);
    const own = (side: number) =>
      ({
        recipe: {
          schedule: { initial: 0.001 },
          augmentation: [{ kind: 'rescale-crop', smallest: side, largest: side }, { kind: 'flip' }],
        },
      }) as const;
    const paper = {
      ...results.experiment.profiles.paper,
      variants: { [`${first}`]: own(256), [`${second}`]: own(384) },
    };
    const profiles = { ...results.experiment.profiles, paper };
    const settings = settingsOf({
      ...results,
      profile: { ...results.profile, without: [`${second}`] },
      experiment: { ...results.experiment, profiles },
    });
    expect(settings.filter(({ name }) => name.startsWith('variant '))).toEqual([
      {
        name: `variant ${first}`,
        here: 'nothing of its own',
        paper: 'recipe.schedule.initial 0.001, shorter side scaled to 256 and crop, flip',
      },
    ]);
  });

  it('finds nothing but the engine different in the paper profile itself', () => {
    const results = syntheticResults({
      profileName: 'paper',
      seeds: 1,
      dataset: { name: experiment.profiles.paper.dataset, checksum: '0', note: null },
    });
    const differing = settingsOf(results).filter(({ here, paper }) => here !== paper);
    expect(differing.map(({ name }) => name)).toEqual(['engine']);
  });
});
