import { stripVTControlCharacters } from 'node:util';
import stringWidth from 'string-width';

const graphemes = new Intl.Segmenter();

/** One line without anything that moves the cursor: messages come from anywhere. */
export function plainText(text: string): string {
  return stripVTControlCharacters(text)
    .replace(/\p{Cc}+/gu, ' ')
    .trim();
}

/** Cuts a text to so many columns of a terminal, with an ellipsis; wide characters take two. */
export function fitText(text: string, width: number): string {
  if (width < 1) return '';
  if (stringWidth(text) <= width) return text;
  let fitted = '';
  let room = width - 1;
  for (const { segment } of graphemes.segment(text)) {
    room -= stringWidth(segment);
    if (room < 0) break;
    fitted += segment;
  }
  return `${fitted}…`;
}

/** Cuts or fills to exactly so many columns. */
export function padText(text: string, width: number, side: 'left' | 'right' = 'left'): string {
  const fitted = fitText(text, width);
  const padding = ' '.repeat(Math.max(0, width - stringWidth(fitted)));
  return side === 'left' ? fitted + padding : padding + fitted;
}
