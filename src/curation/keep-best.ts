/** Something that may be kept. */
export interface Candidate {
  /** What it is: of candidates with the same key, which have the same score, the first one is kept. */
  readonly key: string;
  readonly score: number;
}

/**
 * Keeps the candidates of the highest scores out of any number that are offered, of equal scores the first ones, in the
 * memory of those that are kept.
 *
 * @param size how many are kept at most
 */
export function keepBest<Item extends Candidate>(size: number) {
  // A heap: none is better than the one at (place - 1) / 2, so that the worst of all is at 0.
  const heap: { readonly item: Item; readonly order: number }[] = [];
  const keys = new Set<string>();
  let offered = 0;

  function isWorse(one: number, other: number): boolean {
    const [first, second] = [heap[one], heap[other]];
    if (first.item.score !== second.item.score) return first.item.score < second.item.score;
    return first.order > second.order;
  }

  function swap(one: number, other: number): void {
    [heap[one], heap[other]] = [heap[other], heap[one]];
  }

  function rise(from: number): void {
    for (let place = from; place > 0; ) {
      const parent = (place - 1) >> 1;
      if (!isWorse(place, parent)) return;
      swap(place, parent);
      place = parent;
    }
  }

  function sink(): void {
    for (let place = 0; ; ) {
      const [left, right] = [2 * place + 1, 2 * place + 2];
      let worst = place;
      if (left < heap.length && isWorse(left, worst)) worst = left;
      if (right < heap.length && isWorse(right, worst)) worst = right;
      if (worst === place) return;
      swap(place, worst);
      place = worst;
    }
  }

  return {
    offer(item: Item): void {
      const order = offered++;
      if (size === 0 || keys.has(item.key)) return;
      if (heap.length === size) {
        if (item.score <= heap[0].item.score) return;
        keys.delete(heap[0].item.key);
        heap[0] = { item, order };
        sink();
      } else {
        heap.push({ item, order });
        rise(heap.length - 1);
      }
      keys.add(item.key);
    },
    /** Those that are kept, the best first. */
    best(): Item[] {
      return heap
        .slice()
        .sort((one, other) => other.item.score - one.item.score || one.order - other.order)
        .map(({ item }) => item);
    },
  };
}
