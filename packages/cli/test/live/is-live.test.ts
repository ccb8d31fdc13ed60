import { describe, expect, it } from 'vitest';
import { isLive } from '../../src/live/is-live.js';

describe('a picture can be drawn', () => {
  it.each([
    [true, { TERM: 'xterm' }, true],
    [true, { TERM: 'xterm', CI: '' }, true],
    [true, { TERM: 'xterm', CI: 'false' }, true],
    [true, { TERM: 'xterm', CI: 'true' }, false],
    [true, { TERM: 'dumb' }, false],
    [false, { TERM: 'xterm' }, false],
  ])('terminal %s, %o: %s', (isTTY, env, expected) => {
    expect(isLive({ isTTY }, env)).toBe(expected);
  });
});
