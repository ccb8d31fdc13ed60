import { experiments, profileNames } from '@strata/experiments/catalog';
import { type PaperClaim, type PaperId, paperOf } from '@strata/experiments/papers';
import type { IndexedReport } from '../index-page.js';

/** A claim as the index lists it. */
export interface ClaimLine extends PaperClaim {
  /** Names of the experiments that decide it. */
  readonly experiments: readonly string[];
  /** The word of the largest profile that decides it, else of the largest that has one, or why there is none. */
  readonly word: string;
  readonly isProxy: boolean;
  /** Every page that judges it. */
  readonly pages: readonly { readonly address: string; readonly label: string }[];
}

/** Every claim of a paper with what the pages say of it, the largest profile first. */
export function claimLines(paper: PaperId, reports: readonly IndexedReport[]): readonly ClaimLine[] {
  return paperOf(paper).claims.map(claim => {
    const deciding = experiments
      .filter(({ claims }) => claims.some(({ id }) => id === claim.id))
      .map(({ name }) => name);
    const judged = reports
      .flatMap(({ address, brief }) => {
        const found = brief.claims.find(candidate => candidate.id === claim.id);
        return found && deciding.includes(brief.experiment) ? [{ address, brief, found }] : [];
      })
      .sort((a, b) => size(b.brief.profile) - size(a.brief.profile));
    const [first] = [...judged.filter(({ found }) => isDecided(found.word)), ...judged];
    return {
      ...claim,
      experiments: deciding,
      word: first?.found.word ?? whyNone(claim),
      isProxy: first !== undefined && first.found.proxy !== null,
      pages: judged.map(({ address, brief, found }) => ({
        address: `${address}#claim-${claim.id}`,
        label: `${brief.profile}, ${brief.dataset}${found.verdict === first?.found.word ? '' : `: ${found.verdict}`}`,
      })),
    };
  });
}

function size(profile: string): number {
  return (profileNames as readonly string[]).indexOf(profile);
}

function isDecided(word: string): boolean {
  return word === 'agrees' || word === 'opposite' || word === 'too close to call';
}

/** An id belongs to one paper; an experiment on another paper's table may decide it all the same. */
function whyNone({ id }: PaperClaim): string {
  const claim = experiments.flatMap(({ claims }) => claims).find(candidate => candidate.id === id);
  if (claim?.kind === 'recorded') return 'recorded only';
  if (claim?.kind === 'needs-paper-scale') return 'needs paper scale';
  return claim ? 'no results yet' : 'no experiment yet';
}
