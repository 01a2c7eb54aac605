import type { EncodedIds, IdArray } from '../text/token-ids.js';
import { type ExampleFeatures, subsetFeatures } from './example-features.js';
import { subsetTargets, type Targets } from './targets.js';

/**
 * Examples as token ids, laid end to end: a few arrays whatever the number of examples. With `text.ngrams` above 1 an
 * example's tokens are followed by its runs of two tokens, of three, and so on.
 */
export interface PackedSplit extends EncodedIds {
  /** What is to be learnt of each example. */
  readonly targets: Targets;
  /** `[examples]`: how much each counts in training, from 0 up. Absent where all count alike. */
  readonly weights?: Float32Array;
  /** Numbers beside the texts; absent where there are none. */
  readonly features?: ExampleFeatures;
  /**
   * `[texts + 1]`: the examples from `texts[i]` up to, not including, `texts[i + 1]` are text `i` and excerpts of it. Absent
   * where each text is one example.
   */
  readonly texts?: Int32Array;
}

/** Some of the examples of a packed split, in any order: it has the same array of ids, and copies none of them. */
export interface SplitView {
  /** The ids of all examples, those that are not in the view too. */
  readonly ids: IdArray;
  /** `[examples]`: example `i` has `ids` from `starts[i]` up to, not including, `ends[i]`. */
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  readonly offsets?: undefined;
  /** What is to be learnt of each example of the view. */
  readonly targets: Targets;
  /** `[examples]`: how much each counts in training, from 0 up. Absent where all count alike. */
  readonly weights?: Float32Array;
  /** Numbers beside the texts; absent where there are none. */
  readonly features?: ExampleFeatures;
}

/** Examples as token ids, wherever these lie: ask {@link exampleStart} and {@link exampleLength}. */
export type EncodedSplit = PackedSplit | SplitView;

/** What tells where the ids of examples lie. */
type Places = Pick<PackedSplit, 'offsets'> | Pick<SplitView, 'starts' | 'ends' | 'offsets'>;

/** Number of examples. */
export function exampleCount(places: Places): number {
  return places.offsets ? places.offsets.length - 1 : places.starts.length;
}

/** Where the ids of one example begin. */
export function exampleStart(places: Places, example: number): number {
  return places.offsets ? places.offsets[example] : places.starts[example];
}

/** Where the ids of one example end: the place after its last one. */
export function exampleEnd(places: Places, example: number): number {
  return places.offsets ? places.offsets[example + 1] : places.ends[example];
}

/** Number of tokens of one example; 0 for a text without a letter. */
export function exampleLength(places: Places, example: number): number {
  return exampleEnd(places, example) - exampleStart(places, example);
}

/** The ids of one example, without copying. */
export function idsOfExample(encoded: EncodedSplit, example: number): IdArray {
  return encoded.ids.subarray(exampleStart(encoded, example), exampleEnd(encoded, example));
}

/** The number of tokens of all examples. */
export function tokenCount(encoded: EncodedSplit): number {
  if (encoded.offsets) return encoded.offsets[encoded.offsets.length - 1];
  const { starts, ends } = encoded;
  return starts.reduce((sum, start, example) => sum + ends[example] - start, 0);
}

/** Only the examples asked for, in the order asked for, over the same ids: four bytes a token less than {@link subset}. */
export function viewOf(encoded: EncodedSplit, examples: Int32Array): SplitView {
  const starts = examples.map((example) => exampleStart(encoded, example));
  const ends = examples.map((example) => exampleEnd(encoded, example));
  return { ids: encoded.ids, starts, ends, ...besideOf(encoded, examples) };
}

/** A copy that holds only the examples asked for, in the order asked for. */
export function subset(encoded: EncodedSplit, examples: ArrayLike<number>): PackedSplit {
  const chosen = Int32Array.from(examples);
  const offsets = new Int32Array(chosen.length + 1);
  chosen.forEach((example, place) => {
    offsets[place + 1] = offsets[place] + exampleLength(encoded, example);
  });
  const length = offsets[chosen.length];
  const ids = encoded.ids instanceof Uint16Array ? new Uint16Array(length) : new Int32Array(length);
  chosen.forEach((example, place) => {
    ids.set(idsOfExample(encoded, example), offsets[place]);
  });
  return { ids, offsets, ...besideOf(encoded, chosen) };
}

/** What some examples have beside their ids. */
function besideOf({ targets, weights, features }: EncodedSplit, examples: Int32Array) {
  return {
    targets: subsetTargets(targets, examples),
    ...(weights && { weights: Float32Array.from(examples, (example) => weights[example]) }),
    ...(features && { features: subsetFeatures(features, examples) }),
  };
}
