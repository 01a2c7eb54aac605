import { byteOfId } from './byte-alphabet.js';
import { byteCount, type Merges } from './learn-merges.js';

/** The bytes of all subwords, end to end. */
export interface SubwordBytes {
  readonly bytes: Uint8Array;
  /** `[ids + 1]`: id `i` has `bytes` from `offsets[i]` up to, not including, `offsets[i + 1]`. */
  readonly offsets: Int32Array;
}

/** The bytes of each subword: those of its two parts. */
export function subwordBytes({ lefts, rights }: Merges): SubwordBytes {
  const idCount = byteCount + lefts.length;
  const offsets = new Int32Array(idCount + 1);
  const lengthOf = (id: number) => offsets[id + 1] - offsets[id];
  for (let id = 0; id < idCount; id++) {
    const merge = id - byteCount;
    const length = merge < 0 ? 1 : lengthOf(lefts[merge]) + lengthOf(rights[merge]);
    offsets[id + 1] = offsets[id] + length;
  }
  const bytes = new Uint8Array(offsets[idCount]);
  bytes.set(byteOfId);
  for (let merge = 0; merge < lefts.length; merge++) {
    let end = offsets[byteCount + merge];
    for (const part of [lefts[merge], rights[merge]]) {
      bytes.copyWithin(end, offsets[part], offsets[part + 1]);
      end += lengthOf(part);
    }
  }
  return { bytes, offsets };
}
