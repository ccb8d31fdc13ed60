/** The numbers of test/fixtures/formula.py: a 32-bit hash of index and salt, in [-amplitude, amplitude). */
export function numbers(count: number, salt: number, amplitude: number): Float32Array {
  const offset = (salt * 0x10001) >>> 0;
  return Float32Array.from({ length: count }, (_, i) => {
    let x = (i + offset) >>> 0;
    for (const multiplier of [0x7feb352d, 0x846ca68b]) x = Math.imul(x ^ (x >>> 16), multiplier) >>> 0;
    x = (x ^ (x >>> 16)) >>> 0;
    return ((x / 2 ** 32) * 2 - 1) * amplitude;
  });
}
