import { type Network, nodeNamed } from '../network.js';
import { mainNodes } from '../paths.js';
import { formatShape } from '../shape.js';
import { type Box, blockOf, boxesOf } from './boxes.js';

/** What is drawn in one frame: a block, or the layers between two poolings. */
export interface Panel {
  readonly title: string;
  /** So many equal blocks stand one after the other; one is drawn. */
  readonly times: number;
  readonly boxes: readonly Box[];
  /** Where an auxiliary head branches off; absent on the main path. */
  readonly branchesFrom?: string;
}

/** A network in panels, auxiliary heads last. */
export function panelsOf(net: Network): readonly Panel[] {
  const main = new Set(mainNodes(net).map(({ name }) => name));
  const boxes = boxesOf(net);
  const path = folded(cut(boxes.filter(({ name }) => main.has(name))).map(panel));
  const heads = cut(boxes.filter(({ name }) => !main.has(name))).map(group => ({
    ...panel(group),
    branchesFrom: group[0]?.inputs[0] ?? nodeNamed(net, group[0]?.name ?? '').name,
  }));
  return [...path, ...heads];
}

function cut(boxes: readonly Box[]): readonly (readonly Box[])[] {
  const groups: Box[][] = [];
  for (const box of boxes) {
    const group = groups.at(-1);
    const last = group?.at(-1);
    if (group && last && staysWith(last, box)) group.push(box);
    else groups.push([box]);
  }
  return groups;
}

function staysWith(last: Box, box: Box): boolean {
  if (box.look === 'pooling' && blockOf(box.name) === '' && !isGlobal(box)) return last.look !== 'pooling';
  if (blockOf(last.name) !== blockOf(box.name)) return false;
  if (blockOf(box.name) !== '') return true;
  if (last.look === 'pooling' && !isGlobal(last)) return false;
  return last.look === 'other' || isOfHead(box) === isOfHead(last);
}

function isOfHead(box: Box): boolean {
  return box.look === 'dense' || isGlobal(box);
}

function isGlobal({ title }: Box): boolean {
  return title === 'global average';
}

function panel(boxes: readonly Box[]): Panel {
  return { title: titleOf(boxes), times: 1, boxes };
}

/** A block's name, or the names of the first and last layer that learn. */
function titleOf(boxes: readonly Box[]): string {
  const block = blockOf(boxes[0]?.name ?? '');
  if (block) return block;
  const learning = boxes.filter(({ parameters }) => parameters > 0);
  const named = learning.length > 0 ? learning : boxes;
  const [first = '', last = ''] = [named[0]?.name, named.at(-1)?.name];
  return first === last ? first : `${first} – ${last}`;
}

/** Equal blocks in a row as one. */
function folded(panels: readonly Panel[]): readonly Panel[] {
  const found: { panel: Panel; last: string; signature: string; times: number }[] = [];
  for (const next of panels) {
    const signature = signatureOf(next);
    const before = found.at(-1);
    if (before && blockOf(next.boxes[0]?.name ?? '') !== '' && before.signature === signature) {
      before.times++;
      before.last = next.title;
    } else found.push({ panel: next, last: next.title, signature, times: 1 });
  }
  return found.map(({ panel: first, last, times }) => ({
    ...first,
    times,
    title: times === 1 ? first.title : `${first.title} – ${last.split('.').at(-1)}`,
  }));
}

/** Equal for blocks that are alike but for their names. */
function signatureOf({ boxes, title }: Panel): string {
  const own = (name: string): string => (blockOf(name) === title ? name.slice(title.length) : 'in');
  return JSON.stringify(
    boxes.map(box => [own(box.name), box.title, box.notes, formatShape(box.output), box.inputs.map(own)]),
  );
}
