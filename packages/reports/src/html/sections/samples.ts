import type {
  Exhibits,
  ExperimentResults,
  NetworkPredictions,
  TestPredictions,
} from '@strata/experiments/collect';
import { fixed } from '../../format/index.js';
import { pngAddress, rasterOf } from '../../images/index.js';
import { shownVariant } from '../../summary/index.js';
import { type Content, html, type Markup } from '../markup.js';

const MOST_SHOWN = 12;

/** The first test images as one trained network sees them: its five likeliest classes. */
export function samples(results: ExperimentResults, { predictions, missing }: Exhibits): Markup {
  const variant = predictions && shownVariant(results, predictions);
  const network = predictions?.networks.find(
    candidate => candidate.variant === variant && candidate.samples.length > 0,
  );
  if (!predictions || !network) {
    const why =
      missing.length > 0 ? missing : ['No finished run has kept the likeliest classes of its images.'];
    return html`<section id="samples"><h2>Sample predictions</h2>${why.map(line => html`<p class="note">${line}</p>`)}</section>`;
  }
  const shown = network.samples.slice(0, MOST_SHOWN).map((_, i) => i);
  return html`<section id="samples"><h2>Sample predictions</h2>
<p class="note">The first ${shown.length} test images, not chosen ones, with the five classes that ${network.variant}, seed ${network.seed}, holds likeliest.</p>
<ul class="samples">${shown.map(i => sample(predictions, network, i))}</ul></section>`;
}

function sample(predictions: TestPredictions, network: NetworkPredictions, i: number): Content {
  const label = predictions.labels[i] ?? 0;
  const name = predictions.classes[label] ?? '';
  const isRight = network.predicted[i] === label;
  const likely = network.samples[i] ?? [];
  return html`<li><figure>${thumbnail(predictions, i, name)}<figcaption><b>${name}</b> <span class="${isRight ? 'right' : 'wrong'}">${isRight ? '✓ right' : '✗ wrong'}</span></figcaption></figure>
<ol>${likely.map(({ class: place, probability }) => bar(predictions.classes[place] ?? '', probability, place === label))}</ol></li>`;
}

function thumbnail({ pictures }: TestPredictions, i: number, name: string): Content {
  const picture = pictures[i];
  if (!picture) return null;
  const { shape, pixels } = picture;
  return html`<img src="${pngAddress(rasterOf(shape, pixels))}" alt="${`test image ${i}, ${name}`}" width="72" height="72">`;
}

function bar(name: string, probability: number, isTrue: boolean): Content {
  const percent = fixed(100 * probability, 1);
  return html`<li${isTrue && html` class="true"`}><span class="name">${name}</span><span class="bar" aria-hidden="true"><span style="width:${(100 * probability).toFixed(1)}%"></span></span><span class="percent">${percent} %</span></li>`;
}
