import { hashJson } from '@strata/core/hash';
import type { Profile, ProfileName } from '../catalog/index.js';

/** What decides which results may stand in one table, whatever their seeds. */
export interface TableSettings {
  readonly experiment: { readonly name: string };
  readonly profileName: ProfileName;
  readonly profile: Profile;
  readonly data: { readonly name: string; readonly checksum: string };
  readonly engine: string;
}

/** The same settings on the same data by the same engine have the same identity. More seeds only make a table fuller. */
export function planIdentity({ experiment, profileName, profile, data, engine }: TableSettings): string {
  const { purpose: _, dataset: __, seeds: ___, ...settings } = profile;
  return hashJson({
    experiment: experiment.name,
    profileName,
    settings,
    dataset: { name: data.name, checksum: data.checksum },
    engine,
  });
}
