/** Things in a row, each made some time before it is asked for. */
export interface Prefetched<T> {
  /** The `n`-th, and from now on also the `depth` after it are under way. */
  get(n: number): Promise<T>;
}

/**
 * Nothing is made twice as long as it is asked for in order; any other order gives the same things, made anew. An error is
 * thrown by the `get` of the thing that it stood in the way of.
 */
export function prefetched<T>(
  make: (n: number) => Promise<T>,
  depth: number,
  end: number = Number.POSITIVE_INFINITY,
): Prefetched<T> {
  const underWay = new Map<number, Promise<T>>();
  const begin = (n: number): Promise<T> => {
    const known = underWay.get(n);
    if (known) return known;
    const begun = make(n);
    // Whoever asks for it hears of its error; if nobody does, nobody needs to.
    begun.catch(() => {});
    underWay.set(n, begun);
    return begun;
  };
  return {
    get(n) {
      const wanted = begin(n);
      for (const other of underWay.keys()) if (other < n || other > n + depth) underWay.delete(other);
      for (let next = n + 1; next <= n + depth && next < end; next++) begin(next);
      underWay.delete(n);
      return wanted;
    },
  };
}
