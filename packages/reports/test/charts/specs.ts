import type { TopLevelSpec } from 'vega-lite';
import {
  agreementChart,
  confusionChart,
  costChart,
  errorChart,
  learningCurves,
  responsesChart,
} from '../../src/charts/index.js';
import { confusionOf, curveMetrics, curvesOf, responsePoints, summaryRows } from '../../src/summary/index.js';
import { mixedResults, syntheticResults } from '../synthetic.js';

const cases = {
  full: syntheticResults(),
  'one seed': syntheticResults({ profileName: 'smoke', seeds: 1 }),
  mixed: mixedResults(),
  empty: syntheticResults({ stateOf: () => 'planned' }),
  hostile: syntheticResults({ hostile: '</svg><script>alert(1)</script>"\'&\u{1F600}' }),
};

/** Every chart over every kind of results. */
export const specs: readonly { readonly name: string; readonly spec: TopLevelSpec }[] = Object.entries(
  cases,
).flatMap(([name, results]) => {
  const rows = summaryRows(results);
  const { epochs, schedule } = results.profile.recipe;
  const frame = { variants: rows.map(row => row.variant), epochs, schedule };
  return [
    { name: `errors of paper and ours, ${name}`, spec: errorChart(rows, ['paper', 'ours']) },
    { name: `errors of the paper, ${name}`, spec: errorChart(rows, ['paper']) },
    { name: `our errors, ${name}`, spec: errorChart(rows, ['ours']) },
    { name: `cost against error, ${name}`, spec: costChart(rows) },
    { name: `agreement on the same data, ${name}`, spec: agreementChart(rows, true) },
    { name: `agreement on other data, ${name}`, spec: agreementChart(rows, false) },
    {
      name: `confusion of the variants' names, ${name}`,
      spec: confusionChart(confusionOfNames(frame.variants)),
    },
    ...(['linear', 'log'] as const).map(scale => ({
      name: `responses by layer, ${scale}, ${name}`,
      spec: responsesChart(responsePoints(results), {
        variants: frame.variants,
        value: 'deviation',
        title: 'deviation',
        scale,
      }),
    })),
    ...Object.values(curveMetrics).map(metric => ({
      name: `${metric.title} by epoch, ${name}`,
      spec: learningCurves(curvesOf(results, metric), frame),
    })),
  ];
});

function confusionOfNames(classes: readonly string[]) {
  const labels = Array.from({ length: 90 }, (_, i) => i % classes.length);
  return confusionOf(classes, labels, [labels.map(label => (label * label) % classes.length), labels]);
}
