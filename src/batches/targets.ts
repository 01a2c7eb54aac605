import type { Target, Targets } from '../datasets/split.js';

export type { Targets };

/** Number of examples. */
export function targetCount({ values, offsets }: Targets): number {
  return offsets ? offsets.length - 1 : values.length;
}

/** The integers of one example, without copying. */
export function targetsOfExample({ values, offsets }: Targets, example: number): Int32Array {
  return offsets
    ? values.subarray(offsets[example], offsets[example + 1])
    : values.subarray(example, example + 1);
}

/** The targets of examples in their order, laid end to end; with offsets where at least one is a list. */
export function targetsOf(targets: readonly Target[]): Targets {
  if (targets.every((target) => typeof target === 'number')) return { values: Int32Array.from(targets) };
  const lists = targets.map((target) => (typeof target === 'number' ? [target] : target));
  const offsets = new Int32Array(lists.length + 1);
  lists.forEach((list, example) => {
    offsets[example + 1] = offsets[example] + list.length;
  });
  return { values: Int32Array.from(lists.flat()), offsets };
}

/** Targets of examples of which nothing is known: -1 each. */
export function noTargets(examples: number): Targets {
  return { values: new Int32Array(examples).fill(-1) };
}

/** A copy for some of the examples, in the order asked for. */
export function subsetTargets(targets: Targets, examples: ArrayLike<number>): Targets {
  const { values, offsets } = targets;
  const chosen = Array.from(examples);
  if (!offsets) return { values: Int32Array.from(chosen, (example) => values[example]) };
  const chosenOffsets = new Int32Array(chosen.length + 1);
  chosen.forEach((example, place) => {
    chosenOffsets[place + 1] = chosenOffsets[place] + offsets[example + 1] - offsets[example];
  });
  const chosenValues = new Int32Array(chosenOffsets[chosen.length]);
  chosen.forEach((example, place) => {
    chosenValues.set(targetsOfExample(targets, example), chosenOffsets[place]);
  });
  return { values: chosenValues, offsets: chosenOffsets };
}

/**
 * The examples of each group that a random part should hold in the same shares, in their order: a group for each label,
 * the least label first; lists are one group.
 */
export function examplesOfStrata(targets: Targets): Int32Array[] {
  const strata = targets.offsets ? new Int32Array(targetCount(targets)) : targets.values;
  const sizes = new Map<number, number>();
  for (const stratum of strata) sizes.set(stratum, (sizes.get(stratum) ?? 0) + 1);
  const ascending = [...sizes].sort(([one], [other]) => one - other);
  const groups = new Map(ascending.map(([stratum, size]) => [stratum, new Int32Array(size)]));
  const filled = new Map<number, number>();
  strata.forEach((stratum, example) => {
    const place = filled.get(stratum) ?? 0;
    groups.get(stratum)![place] = example;
    filled.set(stratum, place + 1);
  });
  return [...groups.values()];
}
