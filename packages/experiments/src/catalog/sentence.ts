import { type Gate, quantities, type Statement, type Term } from './claims.js';
import { curves, type Metric, metricTitle, metricUnit } from './metrics.js';

/** A term as it is printed: `D`, or `D (ten-crop)`. */
export function nameOf(term: Term): string {
  return typeof term === 'string' ? term : `${term.variant} (${term.evaluation})`;
}

/** The variant or ensemble of a term. */
export function variantOf(term: Term): string {
  return typeof term === 'string' ? term : term.variant;
}

/** What a statement says of the runs, in one line: `B < A in top-1 test error`. */
export function sentenceOf(statement: Statement): string {
  switch (statement.kind) {
    case 'lower':
      return `${nameOf(statement.a)} < ${nameOf(statement.b)} in ${titleOf(statement)}`;
    case 'order':
      return `${statement.falling.map(nameOf).join(' > ')} in ${titleOf(statement)}`;
    case 'no-difference':
      return `${nameOf(statement.a)} and ${nameOf(statement.b)} within ${amount(statement)} in ${titleOf(statement)}`;
    case 'no-gain':
      return `${nameOf(statement.a)} not below ${nameOf(statement.b)} by ${amount(statement)} in ${titleOf(statement)}`;
    case 'gains-more': {
      const { more, less } = statement;
      return `${stepOf(more)} lowers ${titleOf(statement)} more than ${stepOf(less)}`;
    }
    case 'same-networks':
      return `${nameOf(statement.a)} < ${nameOf(statement.b)} in top-1 test error of the same networks`;
    case 'sooner':
      return `${statement.a} before ${statement.b} to a ${curves[statement.curve].title} of ${statement.target}`;
    case 'threshold':
      return `${nameOf(statement.term)} ${statement.is} ${statement.value} in ${titleOf(statement)}`;
    case 'rate': {
      const { metric, above } = statement.event;
      return `fewer seeds of ${statement.a} than of ${statement.b} end above ${above} in ${metricTitle(metric)}`;
    }
    case 'curve-shape': {
      const { variant, curve, from, to, shape, margin = 0 } = statement;
      const goes = shape === 'no-rise' ? `does not rise by ${margin}` : shape;
      return `the ${curves[curve].title} of ${variant} ${goes} between ${from} and ${to} of the training`;
    }
    case 'count': {
      const { a, b, is, within = 0 } = statement;
      const quantity = quantities[statement.quantity];
      return is === 'fewer'
        ? `${a} has fewer ${quantity} than ${b}`
        : `${a} has as many ${quantity} as ${b}, within ${Number((100 * within).toPrecision(3))} %`;
    }
    case 'speed':
      return `a training step of ${statement.a} takes less time than one of ${statement.b}`;
    case 'all':
      return statement.of.map(sentenceOf).join(', and ');
    case 'needs-paper-scale':
    case 'recorded':
      return statement.why;
  }
}

export function gateSentence({ variant, metric, below }: Gate): string {
  return `${metricTitle(metric)} of ${variant} below ${below}`;
}

function titleOf({ metric = 'top1Error' }: { readonly metric?: Metric }): string {
  return metricTitle(metric);
}

function amount(statement: { readonly margin: number; readonly metric?: Metric }): string {
  const { margin, metric = 'top1Error' } = statement;
  return `${margin} ${margin === 1 && metricUnit(metric) === 'points' ? 'point' : metricUnit(metric)}`;
}

function stepOf({ from, to }: { readonly from: Term; readonly to: Term }): string {
  return `${nameOf(from)} to ${nameOf(to)}`;
}

/** Every term that a statement compares, in its order. */
export function termsOf(statement: Statement): readonly Term[] {
  switch (statement.kind) {
    case 'lower':
    case 'no-difference':
    case 'no-gain':
    case 'same-networks':
    case 'sooner':
    case 'rate':
    case 'speed':
      return [statement.a, statement.b];
    case 'order':
      return statement.falling;
    case 'gains-more':
      return [statement.more.from, statement.more.to, statement.less.from, statement.less.to];
    case 'threshold':
      return [statement.term];
    case 'curve-shape':
      return [statement.variant];
    case 'count':
      return typeof statement.b === 'string' ? [statement.a, statement.b] : [statement.a];
    case 'all':
      return statement.of.flatMap(termsOf);
    case 'needs-paper-scale':
      return statement.statement ? termsOf(statement.statement) : [];
    case 'recorded':
      return [];
  }
}
