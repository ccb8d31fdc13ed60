import {
  type ChannelStatistics,
  channelStatistics,
  type DataSet,
  type ImageSet,
  subsetOf,
  withOneSize,
} from '@strata/core/data';
import type { Run } from '../store/index.js';

/** The images that a run trains and is tested on, with the statistics that normalise both. */
export interface PreparedData {
  readonly train: ImageSet;
  readonly test: ImageSet;
  readonly statistics: ChannelStatistics;
}

const prepared = new WeakMap<DataSet, Map<string, PreparedData>>();

/** Draws a run's subsets and measures them; runs on the same images share the work. */
export function prepareData(data: DataSet, run: Run): PreparedData {
  const { subset } = run.dataset;
  const known = prepared.get(data) ?? new Map<string, PreparedData>();
  prepared.set(data, known);
  const key = `${subset.train} ${subset.test} ${subset.validation}`;
  const ready = known.get(key) ?? prepare(data, run);
  known.set(key, ready);
  return ready;
}

function prepare(data: DataSet, { dataset }: Run): PreparedData {
  const { train, test } = subsetOf(withOneSize(data), dataset.subset);
  return { train, test, statistics: channelStatistics(train) };
}
