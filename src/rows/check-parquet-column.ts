import { crc32 } from 'node:zlib';
import type { ColumnMetaData, Compressors, PageHeader, RowGroup, SchemaTree } from 'hyparquet';
import { parquetHeader } from 'hyparquet/src/column.js';
import { checkRuns } from './parquet-runs.js';

/** Pages of common writers have 1 MiB; what says that it has more than this is damaged. */
const maxPageBytes = 256 * 1024 * 1024;

interface Column {
  readonly meta: ColumnMetaData;
  /** From the root to the column, both included. */
  readonly path: readonly SchemaTree[];
  readonly compressors: Compressors;
}

/**
 * Checks one column of a row group before it is decoded: each page lies within the column, is what its checksum says
 * (where it has one), and no count exceeds what the file's description says, so that decoding ends and fits into memory.
 *
 * @param bytes the column's pages
 * @throws Error that says what is wrong
 */
export function checkParquetColumn(bytes: Uint8Array, group: RowGroup, column: Column): void {
  const { meta, path } = column;
  const expected = Number(meta.num_values);
  const flat = path.every(({ element }, index) => index === 0 || element.repetition_type !== 'REPEATED');
  if (flat && expected !== Number(group.num_rows)) {
    throw new Error(`${expected} values in ${group.num_rows} rows`);
  }
  const reader = { view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), offset: 0 };
  let values = 0;
  while (values < expected && reader.offset < bytes.length) {
    const header = parquetHeader(reader);
    const { compressed_page_size: size, uncompressed_page_size: unpacked } = header;
    if (!(size >= 0 && size <= bytes.length - reader.offset)) throw new Error(`a page of ${size} bytes`);
    if (!(unpacked >= 0 && unpacked <= maxPageBytes)) throw new Error(`a page of ${unpacked} bytes`);
    const page = bytes.subarray(reader.offset, reader.offset + size);
    reader.offset += size;
    if (header.crc !== undefined && (crc32(page) | 0) !== (header.crc | 0)) {
      throw new Error('a page that differs from its checksum');
    }
    const count = (header.data_page_header ?? header.data_page_header_v2)?.num_values ?? 0;
    if (!(count >= 0 && count <= expected - values)) throw new Error(`a page of ${count} values`);
    values += count;
    checkPage(page, header, column);
  }
  if (values !== expected) throw new Error(`${values} values where ${expected} were announced`);
}

function checkPage(page: Uint8Array, header: PageHeader, { meta, path, compressors }: Column): void {
  const unpack = (bytes: Uint8Array, length: number) => {
    if (meta.codec === 'UNCOMPRESSED') return bytes;
    const decompress = compressors[meta.codec];
    if (!decompress) throw new Error(`compression by ${meta.codec}, which is not known here`);
    return decompress(bytes, length);
  };
  const levels = path.slice(1).map(({ element }) => element.repetition_type);
  const repetitionBits = bitsOf(levels.filter((type) => type === 'REPEATED').length);
  const definitionBits = bitsOf(levels.filter((type) => type !== 'REQUIRED').length);

  if (header.dictionary_page_header) {
    const { num_values: values } = header.dictionary_page_header;
    const content = unpack(page, header.uncompressed_page_size);
    if (!(values >= 0 && values <= content.length * 8)) throw new Error(`a dictionary of ${values} values`);
  } else if (header.data_page_header) {
    const { num_values: values, encoding } = header.data_page_header;
    const content = unpack(page, header.uncompressed_page_size);
    const view = new DataView(content.buffer, content.byteOffset, content.byteLength);
    let at = 0;
    for (const bits of [repetitionBits, definitionBits]) {
      if (bits === 0) continue;
      const end = at + 4 + view.getUint32(at, true);
      checkRuns({ bytes: content, start: at + 4, end, bits, values });
      at = end;
    }
    checkData(content, { start: at, encoding, values, boolean: meta.type === 'BOOLEAN' });
  } else if (header.data_page_header_v2) {
    const { num_values: values, encoding, is_compressed: compressed } = header.data_page_header_v2;
    const { repetition_levels_byte_length: repetition, definition_levels_byte_length: definition } =
      header.data_page_header_v2;
    const start = repetition + definition;
    if (!(repetition >= 0 && definition >= 0 && start <= page.length))
      throw new Error('levels outside of a page');
    if (repetitionBits > 0)
      checkRuns({ bytes: page, start: 0, end: repetition, bits: repetitionBits, values });
    if (definitionBits > 0)
      checkRuns({ bytes: page, start: repetition, end: start, bits: definitionBits, values });
    const length = header.uncompressed_page_size - start;
    const data = page.subarray(start);
    const content = compressed === false || length === 0 ? data : unpack(data, length);
    checkData(content, { start: 0, encoding, values, boolean: meta.type === 'BOOLEAN' });
  } else throw new Error(`a page of a kind that is not known here (${header.type})`);
}

function checkData(
  bytes: Uint8Array,
  data: {
    readonly start: number;
    readonly encoding: string;
    readonly values: number;
    readonly boolean: boolean;
  },
): void {
  const { start, encoding, values, boolean } = data;
  const end = bytes.length;
  if (boolean && encoding === 'RLE') {
    // The first page form has the length of the runs before them, the second is read as if it had, too.
    checkRuns({ bytes, start: start + 4, end, bits: 1, values });
  } else if (encoding.endsWith('DICTIONARY') && start < end) {
    checkRuns({ bytes, start: start + 1, end, bits: bytes[start], values });
  }
}

const bitsOf = (maximum: number) => 32 - Math.clz32(maximum);
