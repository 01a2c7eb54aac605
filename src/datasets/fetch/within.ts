/**
 * The result of work that begins now, if it comes in time. A signal that is given to a library reaches only what the library
 * is at; what waits in one of its queues is given up here.
 *
 * @param options `ms`: how long to wait; `late`: makes the error for work that takes longer; `discard`: gets a result that
 *   comes when nobody waits for it any more
 * @throws what the work throws, the signal's reason, or what `late` makes
 */
export async function within<T>(
  work: Promise<T>,
  options: {
    readonly ms: number;
    readonly signal?: AbortSignal;
    readonly late: () => Error;
    readonly discard?: (result: T) => void;
  },
): Promise<T> {
  const { ms, signal, late, discard = () => {} } = options;
  let givenUp = false;
  let stop = () => {};
  const ending = new Promise<never>((_, reject) => {
    const giveUp = (reason: unknown) => {
      givenUp = true;
      reject(reason);
    };
    const aborted = () => giveUp(signal?.reason);
    const timer = setTimeout(() => giveUp(late()), ms);
    stop = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', aborted);
    };
    if (signal?.aborted) aborted();
    else signal?.addEventListener('abort', aborted);
  });
  work.then(
    (result) => givenUp && discard(result),
    () => {},
  );
  try {
    return await Promise.race([work, ending]);
  } finally {
    stop();
  }
}
