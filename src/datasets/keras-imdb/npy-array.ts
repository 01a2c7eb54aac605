import { ByteReader } from './byte-reader.js';
import { KerasFileError } from './keras-file-error.js';
import { readPickledLists } from './pickled-lists.js';

/** The header of an .npy file, and the bytes behind it. */
interface NpyFile {
  readonly descr: string;
  readonly count: number;
  readonly data: Buffer;
}

/**
 * Reads an .npy file (numpy/lib/_format_impl.py, versions 1 to 3) of one axis that holds whole numbers.
 *
 * @param what its name, for messages
 * @throws KerasFileError when it holds something else or is damaged
 */
export function readIntegers(content: Buffer, what: string): Int32Array {
  const { descr, count, data } = readNpy(content, what);
  const type = integerTypes[descr];
  if (!type) {
    throw new KerasFileError(
      `${what} holds ${descr}; expected one of: ${Object.keys(integerTypes).join(', ')}.`,
    );
  }
  if (data.length !== count * type.bytes) {
    throw new KerasFileError(`${what} has ${data.length} bytes of numbers, expected ${count * type.bytes}.`);
  }
  return Int32Array.from({ length: count }, (_, index) => {
    const value = type.read(data, index * type.bytes);
    if (Math.abs(value) > 0x7fff_ffff) throw new KerasFileError(`${what}: number ${index} is ${value}.`);
    return value;
  });
}

/**
 * Reads an .npy file whose objects are lists of ids: one list for each review.
 *
 * @throws KerasFileError when it holds something else or is damaged
 */
export function readLists(content: Buffer, what: string): readonly (readonly number[])[] {
  const { descr, count, data } = readNpy(content, what);
  if (descr !== '|O') throw new KerasFileError(`${what} holds ${descr}; expected |O, lists of word ids.`);
  const lists = readPickledLists(data, `the pickle in ${what}`);
  if (lists.length === count) return lists;
  throw new KerasFileError(`${what} has ${lists.length} lists, expected ${count}.`);
}

function readNpy(content: Buffer, what: string): NpyFile {
  const reader = new ByteReader(content, what);
  if (reader.bytes(6).toString('latin1') !== '\x93NUMPY')
    throw new KerasFileError(`${what} is no .npy file.`);
  const [version] = reader.bytes(2);
  if (version < 1 || version > 3) {
    throw new KerasFileError(`${what} is an .npy file of version ${version}; 1 to 3 can be read.`);
  }
  const header = reader.bytes(version === 1 ? reader.uint16() : reader.uint32()).toString('latin1');
  const match = headerPattern.exec(header);
  if (!match)
    throw new KerasFileError(`${what}: expected one row of values, got ${header.trim().slice(0, 100)}`);
  return { descr: match[1], count: Number(match[2]), data: reader.rest() };
}

/** Python's literal for the type, the order and the shape, whose keys NumPy always sorts. */
const headerPattern =
  /^\{'descr': '([^']{1,10})', 'fortran_order': (?:True|False), 'shape': \((\d{1,9})L?,\), *\} *\n?$/;

const integerTypes: Readonly<
  Record<string, { readonly bytes: number; readonly read: (data: Buffer, offset: number) => number }>
> = {
  '<i8': { bytes: 8, read: (data, offset) => Number(data.readBigInt64LE(offset)) },
  '<i4': { bytes: 4, read: (data, offset) => data.readInt32LE(offset) },
  '<i2': { bytes: 2, read: (data, offset) => data.readInt16LE(offset) },
  '|i1': { bytes: 1, read: (data, offset) => data.readInt8(offset) },
  '|u1': { bytes: 1, read: (data, offset) => data.readUInt8(offset) },
};
