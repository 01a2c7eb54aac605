import { setTimeout } from 'node:timers/promises';

/** How long a batch waits for more: as long as a file or a busy pipe takes for its next chunk; nobody sees it. */
const graceMs = 2;

/**
 * Joins what an iterator gives in portions into batches without waiting to fill one: a batch is what is there already,
 * or comes at once, at least one item and at most `size`. A single line typed into a pipe is answered at once, a file in
 * large steps.
 *
 * @param portions none of them is empty
 */
export async function* readyBatches<Item>(
  portions: AsyncIterable<readonly Item[]>,
  options: { size: number },
): AsyncGenerator<Item[]> {
  const iterator = portions[Symbol.asyncIterator]();
  const request = () => {
    const portion = iterator.next();
    // It may fail while the reader is busy with the batch before; the failure is thrown when its turn comes.
    portion.catch(() => {});
    return portion;
  };
  let next = request();
  try {
    for (let first = await next; !first.done; first = await next) {
      const batch = [...first.value];
      next = request();
      while (batch.length < options.size) {
        const more = await soon(next);
        if (!more || more.done) break;
        for (const item of more.value) batch.push(item);
        next = request();
      }
      for (let start = 0; start < batch.length; start += options.size) {
        yield batch.slice(start, start + options.size);
      }
    }
  } finally {
    // Not awaited: when the reader stops early, a portion may be on its way for ever (a pipe that stays open).
    iterator.return?.().catch(() => {});
  }
}

/** What a promise gives, or undefined where it fails or gives nothing in time. */
async function soon<Value>(promise: Promise<Value>): Promise<Value | undefined> {
  const controller = new AbortController();
  const { signal } = controller;
  const time = setTimeout(graceMs, undefined, { signal }).catch(() => undefined);
  try {
    return await Promise.race([promise.catch(() => undefined), time]);
  } finally {
    controller.abort();
  }
}
