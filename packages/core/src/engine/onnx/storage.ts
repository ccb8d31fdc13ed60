/** How a variable lies in memory while it is trained. Its logical form, rows last, is what states hold. */
export interface Storage {
  readonly shape: readonly number[];
  /** From the logical form; what padding there is becomes zero. */
  pack(logical: Float32Array): Float32Array;
  /** Back to the logical form. */
  unpack(stored: Float32Array): Float32Array;
}

/** As the network describes it. */
export function plainStorage(shape: readonly number[]): Storage {
  return { shape, pack: logical => logical.slice(), unpack: stored => stored.slice() };
}
