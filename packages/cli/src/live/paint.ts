import { styleText } from 'node:util';

export type Tone = 'dim' | 'cyan' | 'green' | 'yellow' | 'red';

/** Colours a text for a terminal, or leaves it as it is. */
export type Paint = (tone: Tone, text: string) => string;

export const plain: Paint = (_, text) => text;

export const coloured: Paint = (tone, text) => (text === '' ? '' : styleText(tone, text));
