import type { WriteStream } from 'node:tty';

/** Whether a picture can be drawn on a stream again and again: not in a file, not in the log of a CI, not where the cursor cannot move. */
export function isLive(
  { isTTY }: Pick<WriteStream, 'isTTY'>,
  { CI, TERM }: Readonly<Record<string, string | undefined>>,
): boolean {
  const isInCi = CI !== undefined && !['', '0', 'false'].includes(CI);
  return isTTY === true && !isInCi && TERM !== 'dumb';
}
