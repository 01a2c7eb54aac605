import { valueAt, withValueAt } from './key-path.js';

/**
 * A config of an earlier version, in the names of this one; what was not renamed stays the same. Until 0.1.0 fastText's
 * descent, all that an averaged embedding is trained with, was called `sgd`.
 *
 * @param value a parsed config that was not checked yet
 */
export function withPresentNames(value: unknown): unknown {
  const optimizer = ['training', 'optimizer', 'name'];
  const isFormer =
    valueAt(value, ['model', 'type']) === 'averagedEmbedding' && valueAt(value, optimizer) === 'sgd';
  return isFormer ? withValueAt(value, optimizer, 'fastText') : value;
}
