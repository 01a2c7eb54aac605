import { crc32, deflateRawSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readNpz } from '../../../src/datasets/keras-imdb/npz-file.js';
import { readPickledLists } from '../../../src/datasets/keras-imdb/pickled-lists.js';
import { parseWordIndex } from '../../../src/datasets/keras-imdb/word-index.js';
import { zipContent, zipMembers } from '../../../src/datasets/keras-imdb/zip-archive.js';
import { UserError } from '../../../src/errors/user-error.js';
import { readGoldenNpz } from './keras-golden.js';

const names = ['small', 'protocol-2-stored', 'protocol-3', 'protocol-5', 'python-2'] as const;
const archives = names.map(readGoldenNpz);
/** The pickles inside of them. */
const pickles = archives.map((archive) => {
  const content = zipContent(archive, zipMembers(archive).get('x_train.npy')!);
  return content.subarray(content.indexOf('\n') + 1);
});

/** Bytes changed, cut out, doubled, or the end cut off. */
const damage = fc.array(
  fc.oneof(
    fc.record({ kind: fc.constant('change' as const), place: fc.nat(), value: fc.nat(255) }),
    fc.record({
      kind: fc.constant('remove' as const),
      place: fc.nat(),
      value: fc.integer({ min: 1, max: 40 }),
    }),
    fc.record({
      kind: fc.constant('repeat' as const),
      place: fc.nat(),
      value: fc.integer({ min: 1, max: 40 }),
    }),
    fc.record({ kind: fc.constant('end' as const), place: fc.nat(), value: fc.constant(0) }),
  ),
  { minLength: 1, maxLength: 4 },
);

function damaged(bytes: Buffer, changes: readonly { kind: string; place: number; value: number }[]): Buffer {
  return changes.reduce((content, { kind, place, value }) => {
    const at = content.length === 0 ? 0 : place % content.length;
    const [before, after] = [content.subarray(0, at), content.subarray(at)];
    if (kind === 'change') return Buffer.concat([before, Buffer.of(value), after.subarray(1)]);
    if (kind === 'remove') return Buffer.concat([before, after.subarray(value)]);
    if (kind === 'repeat') return Buffer.concat([before, after.subarray(0, value), after]);
    return before;
  }, bytes);
}

/** Either it works, or the user is told why not: anything else that is thrown is a bug. */
function worksOrTells(work: () => unknown): void {
  try {
    work();
  } catch (error) {
    expect(error).toBeInstanceOf(UserError);
  }
}

const lists = (...parts: (string | Buffer)[]) =>
  readPickledLists(
    Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : part))),
    'the pickle',
  );
/** An array of objects, up to where its items begin, as Python 2 writes it. */
const arrayStart =
  '\x80\x02cnumpy.core.multiarray\n_reconstruct\ncnumpy\nndarray\nK\x00\x85U\x01b\x87R(K\x01K\x01\x85cnumpy\ndtype\nU\x02O8K\x00K\x01\x87R\x89]';

describe('a damaged npz file', () => {
  it('is read or refused with words, wherever bytes are changed, lost or doubled', () => {
    fc.assert(
      fc.property(fc.constantFrom(...archives), damage, (archive, changes) => {
        worksOrTells(() => readNpz(damaged(archive, changes)));
      }),
      { numRuns: 400 },
    );
  });

  it('is refused with words when it is cut off anywhere', () => {
    const archive = readGoldenNpz('small');
    for (let length = 0; length < archive.length; length += 3) {
      expect(() => readNpz(archive.subarray(0, length))).toThrow(UserError);
    }
  });

  it('is refused when a member holds more than the archive says, or more than 512 MB', () => {
    const bomb = zipOf('x_train.npy', Buffer.alloc(1 << 20), { bytes: 1000 });
    expect(() => zipContent(bomb, zipMembers(bomb).get('x_train.npy')!)).toThrow(/x_train\.npy is damaged/);
    const huge = zipOf('x_train.npy', Buffer.alloc(100), { bytes: 0x3000_0000 });
    expect(() => zipMembers(huge)).toThrow(/at most 536870912 are read/);
  });

  it('is refused when an array is missing, and says which are there', () => {
    expect(() => readNpz(zipOf('x.npy', Buffer.of(1)))).toThrow('it has no y_train.npy; it has x.npy');
    expect(() => readNpz(Buffer.from('no archive at all'))).toThrow('it is no .npz file');
  });
});

describe('a pickle', () => {
  it('is read or refused with words, wherever bytes are changed, lost or doubled', () => {
    fc.assert(
      fc.property(fc.constantFrom(...pickles), damage, (pickle, changes) => {
        worksOrTells(() => readPickledLists(damaged(pickle, changes), 'the pickle'));
      }),
      { numRuns: 2000 },
    );
  });

  it('of any operations is read or refused with words', () => {
    const operations = fc.constantFrom(...'KMJ(0NeatbRc]).qrhjX\x80\x85\x86\x87\x88\x89\x8a\x8c\x93\x94\x95');
    const program = fc.array(
      fc.oneof(
        operations,
        fc.nat(255).map((byte) => String.fromCharCode(byte)),
      ),
      {
        maxLength: 60,
      },
    );
    fc.assert(
      fc.property(program, (parts) => worksOrTells(() => lists(arrayStart, ...parts))),
      { numRuns: 3000 },
    );
  });

  it('is an array of lists', () => {
    expect(lists(arrayStart, '](K\x07M\x01\x01J\x00\x00\x01\x00ea', 'tb.')).toEqual([[7, 257, 65536]]);
  });

  it.each([
    ['os.system', 'cos\nsystem\nU\x02ls\x85R.', 'wants to run os.system'],
    ['builtins.eval by STACK_GLOBAL', '\x8c\x08builtins\x8c\x04eval\x93.', 'wants to run builtins.eval'],
    ['a name of Object.prototype', 'ctoString\n\n.', 'wants to run toString.'],
    ['numpy.load', 'cnumpy\nload\n.', 'wants to run numpy.load'],
    ['NEWOBJ', 'cnumpy\nndarray\n)\x81.', 'operation 0x81'],
    ['a dictionary', '}.', 'operation 0x7d'],
    ['protocol 0', '\x80\x00.', 'protocol 0'],
    [
      'a call of a class that is only named',
      'cnumpy\nndarray\n)R.',
      'calls something that is not to be called',
    ],
    ['a call of text', 'U\x01x)R.', 'calls something that is not to be called'],
    ['a value from an empty memo', 'h\x05.', 'a value that it does not hold'],
    ['a text of 4 GB', 'X\xff\xff\xff\xffabc', 'is cut off'],
    ['no array', ']K\x01a.', 'expected a NumPy array of lists of word ids'],
    ['nothing', '.', 'an operation without a value'],
    ['negative ids', `${arrayStart}]J\xff\xff\xff\xffaatb.`, 'holds something else than word ids'],
    ['lists of lists', `${arrayStart}]]aatb.`, 'holds something else than word ids'],
    ['no lists', `${arrayStart}K\x01atb.`, 'got no list at place 0'],
  ])('with %s is refused and executes nothing', (_what, pickle, message) => {
    expect(() => lists(pickle)).toThrow(UserError);
    expect(() => lists(pickle)).toThrow(message);
  });

  it('that names one list a thousand times is refused before it becomes gigabytes of ids', () => {
    const list = `](${'K\x01'.repeat(3000)}eq\x01`;
    expect(() => lists(arrayStart, list, 'a', 'h\x01a'.repeat(1000), 'tb.')).toThrow(
      'hold more ids than it has bytes',
    );
  });
});

describe('a word index', () => {
  it('is read with a byte order mark, as UTF-16, and out of gzip', () => {
    const text = '{"the":1,"and":2}';
    const wide = Buffer.from(`\ufeff${text}`, 'utf16le');
    for (const content of [Buffer.from(`\ufeff${text}`), wide, gzipSync(text)]) {
      expect([...parseWordIndex(content)]).toEqual([
        ['the', 1],
        ['and', 2],
      ]);
    }
    const picture = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
    expect(() => parseWordIndex(picture)).toThrow('it is a PNG picture, no text.');
  });

  it.each([
    ['is no JSON', 'the'],
    ['is a list', '["the"]'],
    ['has a word without a number', '{"the":"1"}'],
    ['has a number twice', '{"the":1,"a":1}'],
    ['has the number of <pad>', '{"the":0}'],
    ['asks for a list of a trillion words', '{"the":1000000000000}'],
    ['has a word of two lines', '{"the\\nend":1}'],
  ])('is refused when it %s', (_what, content) => {
    expect(() => parseWordIndex(Buffer.from(content))).toThrow(UserError);
  });
});

/** A zip archive of one deflated member, whose directory may lie about its size. */
function zipOf(name: string, content: Buffer, { bytes = content.length } = {}): Buffer {
  const packed = deflateRawSync(content);
  const sizes = Buffer.alloc(12);
  sizes.writeUInt32LE(crc32(content), 0);
  sizes.writeUInt32LE(packed.length, 4);
  sizes.writeUInt32LE(bytes, 8);
  const lengths = Buffer.of(name.length, 0, 0, 0);
  const common = Buffer.from([20, 0, 0, 0, 8, 0, 0, 0, 0, 0, ...sizes, ...lengths]);
  const local = Buffer.concat([Buffer.from('PK\x03\x04'), common, Buffer.from(name), packed]);
  const entry = Buffer.concat([
    Buffer.from('PK\x01\x02\x14\x00'),
    common,
    Buffer.alloc(14),
    Buffer.from(name),
  ]);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06');
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(entry.length, 12);
  end.writeUInt32LE(local.length, 16);
  return Buffer.concat([local, entry, end]);
}
