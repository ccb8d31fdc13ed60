/**
 * The results of asynchronous work in the order of its items, with up to `ahead` of them under way while the consumer handles one: what
 * decodes images goes on while the engine computes.
 */
export async function* inOrder<Item, Result>(
  items: Iterable<Item>,
  work: (item: Item) => Promise<Result>,
  ahead: number,
): AsyncGenerator<{ readonly item: Item; readonly result: Result }, void> {
  const underWay: { item: Item; promise: Promise<Result> }[] = [];
  for (const item of items) {
    const promise = work(item);
    // It is thrown where it is awaited; until then it is nobody's fault.
    promise.catch(() => {});
    underWay.push({ item, promise });
    const next = underWay.length > ahead ? underWay.shift() : undefined;
    if (next) yield { item: next.item, result: await next.promise };
  }
  for (const { item, promise } of underWay) yield { item, result: await promise };
}
