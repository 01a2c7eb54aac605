import { setImmediate as nextTurn } from 'node:timers/promises';

const itemsPerTurn = 500;

/**
 * Maps items through a synchronous function, letting go of the event loop now and then so that Ctrl-C is heard. For
 * thousands of small files: with synchronous calls they are read ten times as fast as with asynchronous ones.
 */
export async function mapInTurns<Item, Result>(
  items: readonly Item[],
  map: (item: Item) => Result,
): Promise<Result[]> {
  const results: Result[] = [];
  for await (const portion of portionsInTurns(items, map)) results.push(...portion);
  return results;
}

/** The same for whoever needs not have all results at once: what comes of each turn. */
export async function* portionsInTurns<Item, Result>(
  items: Iterable<Item>,
  map: (item: Item) => Result,
): AsyncGenerator<Result[]> {
  let portion: Result[] = [];
  for (const item of items) {
    portion.push(map(item));
    if (portion.length < itemsPerTurn) continue;
    yield portion;
    portion = [];
    await nextTurn();
  }
  if (portion.length > 0) yield portion;
}
