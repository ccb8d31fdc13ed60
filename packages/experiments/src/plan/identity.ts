import { hashJson } from '@strata/core/hash';
import type { Profile, ProfileName } from '../catalog/index.js';

/** What decides which results may stand in one table, whatever their seeds. */
export interface TableSettings {
  readonly experiment: { readonly name: string };
  readonly profileName: ProfileName;
  readonly profile: Profile;
  readonly data: NamedData;
  readonly otherData?: Readonly<Record<string, NamedData>>;
  readonly engine: string;
}

interface NamedData {
  readonly name: string;
  readonly checksum: string;
}

/** The same settings on the same data by the same engine have the same identity. More seeds only make a table fuller. */
export function planIdentity(settings: TableSettings): string {
  const { experiment, profileName, profile, data, otherData, engine } = settings;
  const { purpose: _, dataset: __, seeds: ___, ...rest } = profile;
  return hashJson({
    experiment: experiment.name,
    profileName,
    settings: rest,
    dataset: identityOf(data),
    ...(otherData && { otherData: Object.entries(otherData).map(([name, set]) => [name, identityOf(set)]) }),
    engine,
  });
}

function identityOf({ name, checksum }: NamedData): NamedData {
  return { name, checksum };
}
