import { ByteReader } from './byte-reader.js';
import { KerasFileError } from './keras-file-error.js';
import { PickleReader } from './pickle-reader.js';
import { ObjectArray } from './pickled-objects.js';

/** Larger ids would not fit an Int32Array together with `indexFrom`. */
const highestId = 0x3fff_ffff;

/**
 * Reads a pickled NumPy array of lists of word ids. Nothing of it is executed, see `PickleReader`.
 *
 * @throws KerasFileError when it is anything else
 */
export function readPickledLists(pickle: Buffer, what: string): readonly (readonly number[])[] {
  const array = new PickleReader(new ByteReader(pickle, what)).read();
  const expected = 'expected a NumPy array of lists of word ids';
  if (!(array instanceof ObjectArray)) throw new KerasFileError(`${what}: ${expected}, got something else.`);
  let total = 0;
  const lists = array.items.map((list, index) => {
    if (!Array.isArray(list))
      throw new KerasFileError(`${what}: ${expected}, got no list at place ${index}.`);
    total += list.length;
    // A list may be named a thousand times: a small file must not become gigabytes of ids.
    if (total > pickle.length)
      throw new KerasFileError(`${what}: its lists hold more ids than it has bytes.`);
    const wrong = list.find((id) => !Number.isInteger(id) || id < 0 || id > highestId);
    if (wrong === undefined && !list.includes(undefined)) return list as number[];
    throw new KerasFileError(`${what}: the list at place ${index} holds something else than word ids.`);
  });
  return lists;
}
