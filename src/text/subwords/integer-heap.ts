/** A heap of integers: the one that comes before all others is taken first. */
export interface IntegerHeap {
  readonly push: (value: number) => void;
  /** Takes the first integer out; `undefined` where there is none. */
  readonly pop: () => number | undefined;
}

/** @param before whether one integer comes before another; it must not change for integers in the heap */
export function makeIntegerHeap(before: (one: number, other: number) => boolean): IntegerHeap {
  const values: number[] = [];

  function push(value: number) {
    let place = values.length;
    values.push(value);
    while (place > 0) {
      const parent = (place - 1) >> 1;
      if (!before(value, values[parent])) break;
      values[place] = values[parent];
      place = parent;
    }
    values[place] = value;
  }

  function pop(): number | undefined {
    if (values.length < 2) return values.pop();
    const first = values[0];
    const value = values.pop()!;
    const length = values.length;
    let place = 0;
    for (let child = 1; child < length; child = 2 * place + 1) {
      if (child + 1 < length && before(values[child + 1], values[child])) child++;
      if (!before(values[child], value)) break;
      values[place] = values[child];
      place = child;
    }
    values[place] = value;
    return first;
  }

  return { push, pop };
}
