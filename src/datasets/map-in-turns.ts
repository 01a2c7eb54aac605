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
  for (const item of items) {
    results.push(map(item));
    if (results.length % itemsPerTurn === 0) await nextTurn();
  }
  return results;
}
