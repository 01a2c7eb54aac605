import { crc32 } from 'node:zlib';
import type { StoredReviews } from '../../../src/datasets/keras-imdb/npz-file.js';

/** An imdb.npz of these reviews, not compressed, its pickles in protocol 2 as Python 2 wrote them. */
export function npzOf({ train, test }: { train: StoredReviews; test: StoredReviews }): Buffer {
  const members = Object.entries({
    'x_train.npy': objects(train.lists),
    'y_train.npy': integers(train.labels),
    'x_test.npy': objects(test.lists),
    'y_test.npy': integers(test.labels),
  });
  const entries: Buffer[] = [];
  const locals: Buffer[] = [];
  let offset = 0;
  for (const [name, content] of members) {
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt32LE(crc32(content), 10);
    common.writeUInt32LE(content.length, 14);
    common.writeUInt32LE(content.length, 18);
    common.writeUInt16LE(name.length, 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), common, Buffer.from(name), content]);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(offset, 10);
    entries.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00'), common, rest, Buffer.from(name)]));
    locals.push(local);
    offset += local.length;
  }
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06');
  end.writeUInt16LE(members.length, 8);
  end.writeUInt16LE(members.length, 10);
  end.writeUInt32LE(Buffer.concat(entries).length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, ...entries, end]);
}

/** So many reviews of three ids for each split. */
export function reviewsOf(count: number): StoredReviews {
  return {
    lists: Array.from({ length: count }, (_, review) => [
      1 + (review % 4),
      1 + (review % 5),
      1 + (review % 2),
    ]),
    labels: Int32Array.from({ length: count }, (_, review) => review % 2),
  };
}

function npy(descr: string, count: number, data: Buffer): Buffer {
  const header = `{'descr': '${descr}', 'fortran_order': False, 'shape': (${count},), }\n`;
  const size = Buffer.of(header.length & 0xff, header.length >> 8);
  return Buffer.concat([Buffer.from('\x93NUMPY\x01\x00', 'latin1'), size, Buffer.from(header), data]);
}

function integers(values: Int32Array): Buffer {
  return npy('<i4', values.length, Buffer.from(values.buffer, values.byteOffset, values.byteLength));
}

function objects(lists: readonly (readonly number[])[]): Buffer {
  const int = (value: number) => {
    const bytes = Buffer.alloc(5, 'J');
    bytes.writeInt32LE(value, 1);
    return bytes;
  };
  const parts = [
    Buffer.from(
      '\x80\x02cnumpy.core.multiarray\n_reconstruct\ncnumpy\nndarray\nK\x00\x85U\x01b\x87R(K\x01',
      'latin1',
    ),
    int(lists.length),
    Buffer.from('\x85cnumpy\ndtype\nU\x02O8K\x00K\x01\x87R\x89](', 'latin1'),
    ...lists.flatMap((list) => [Buffer.from(']('), ...list.map(int), Buffer.from('e')]),
    Buffer.from('etb.'),
  ];
  return npy('|O', lists.length, Buffer.concat(parts));
}
