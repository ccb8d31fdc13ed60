import type { TopLevelSpec } from 'vega-lite';
import { counted, fixed } from '../format/index.js';
import type { Confusion } from '../summary/index.js';
import { colourOf } from './palette.js';
import { CHART_WIDTH, theme, tip } from './theme.js';

/** Room for one class; the labels come on top. */
const CELL = 30;
/** Up to so many classes the cells are wide enough for their numbers. */
const NUMBERED = 12;

/** True class by row, predicted class by column, each row in percent of its images. */
export function confusionChart({ classes, counts }: Confusion): TopLevelSpec {
  const cells = counts.flatMap((row, actual) => {
    const total = row.reduce((sum, count) => sum + count, 0);
    return row.flatMap((count, predicted) =>
      count === 0
        ? []
        : [
            {
              actual,
              predicted,
              percent: (100 * count) / total,
              text: fixed((100 * count) / total, 0),
              isRight: actual === predicted,
              tip: `${classes[actual]} taken for ${classes[predicted]}: ${counted(count, 'image')}, ${fixed((100 * count) / total, 1)} % of its own`,
            },
          ],
    );
  });
  const domain = classes.map((_, i) => i);
  // Places rather than names: names may repeat, and may hold anything.
  const labelExpr = `${JSON.stringify(classes.map(shortened))}[datum.value]`;
  const axis = { labelExpr, domain: false, ticks: false, labelColor: colourOf('ink') } as const;
  const x = {
    field: 'predicted',
    type: 'ordinal',
    scale: { domain },
    axis: { ...axis, title: 'predicted', orient: 'top', labelAngle: -60, labelAlign: 'left' },
  } as const;
  const y = {
    field: 'actual',
    type: 'ordinal',
    scale: { domain },
    axis: { ...axis, title: 'true class' },
  } as const;
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    config: theme,
    width: CHART_WIDTH,
    height: CELL * classes.length + 96,
    autosize: { type: 'fit', contains: 'padding' },
    layer: [
      {
        data: { values: cells },
        mark: { type: 'rect', color: colourOf('ours'), aria: true },
        encoding: {
          x,
          y,
          opacity: {
            field: 'percent',
            type: 'quantitative',
            scale: { domain: [0, 100], range: [0.04, 0.85] },
            legend: null,
          },
          description: tip,
        },
      },
      {
        data: { values: classes.length > NUMBERED ? [] : cells },
        mark: { type: 'text', fontSize: 11 },
        encoding: {
          x,
          y,
          text: { field: 'text', type: 'nominal' },
          color: {
            condition: { test: 'datum.percent > 60', value: colourOf('page') },
            value: colourOf('ink'),
          },
        },
      },
    ],
  };
}

function shortened(name: string): string {
  const characters = [...name];
  return characters.length > 12 ? `${characters.slice(0, 11).join('')}…` : name;
}
