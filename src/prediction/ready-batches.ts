import { setImmediate } from 'node:timers/promises';

/**
 * Groups what an iterator gives into batches without ever waiting to fill one: a batch is what is there already, at
 * least one item and at most `size`. A single line typed into a pipe is answered at once, a file in large steps.
 */
export async function* readyBatches<Item>(
  items: AsyncIterable<Item>,
  options: { size: number },
): AsyncGenerator<Item[]> {
  const iterator = items[Symbol.asyncIterator]();
  const request = () => {
    const item = iterator.next();
    // It may fail while the reader is busy with the batch before; the failure is thrown when its turn comes.
    item.catch(() => {});
    return item;
  };
  let next = request();
  try {
    for (let first = await next; !first.done; first = await next) {
      const batch = [first.value];
      const turn = setImmediate(undefined);
      next = request();
      while (batch.length < options.size) {
        const more = await Promise.race([next.catch(() => undefined), turn]);
        if (!more || more.done) break;
        batch.push(more.value);
        next = request();
      }
      yield batch;
    }
  } finally {
    // Not awaited: when the reader stops early, an item may be on its way for ever (a pipe that stays open).
    iterator.return?.().catch(() => {});
  }
}
