import { experiments } from '@strata/experiments/catalog';
import { paperIds, paperOf } from '@strata/experiments/papers';
import { describe, expect, it } from 'vitest';

const placed = experiments.flatMap(({ name, claims }) => claims.map(({ id }) => ({ id, name })));

describe.each(paperIds)('claims of %s', paper => {
  it.each(paperOf(paper).claims.map(({ id }) => id))('%s has exactly one place', id => {
    expect(placed.filter(place => place.id === id).map(({ name }) => name)).toHaveLength(1);
  });
});
