import { isUtf8 } from 'node:buffer';
import type { Compressors, FileMetaData, ParquetRow, RowGroup, SchemaTree } from 'hyparquet';
import { UserError } from '../errors/user-error.js';
import { checkParquetColumn } from './check-parquet-column.js';
import { type OpenParquet, openParquet } from './parquet-file.js';
import { parquetValue } from './parquet-value.js';
import type { ReportProblem } from './report-problem.js';
import type { Row } from './row.js';

/** A row group is decoded at once, so it must fit into memory. */
const maxGroupBytes = 1024 ** 3;
const maxGroupRows = 4 * 1024 ** 2;
const rowsPerPortion = 2048;

/**
 * The rows of a Parquet file, row group by row group; rows are numbered instead of lines. Texts that hold bytes that are
 * not UTF-8 are reported once a row group, with the group's first row.
 *
 * @param found.columns is told the columns before the first row
 * @throws UserError where the file is cut off or damaged, or a row group has more than 1 GiB or 4 Mi rows
 */
export async function* parquetRows(
  path: string,
  found: { readonly columns: (columns: readonly string[]) => void; readonly report: ReportProblem },
): AsyncGenerator<readonly Row[]> {
  const { parquetMetadataAsync, parquetRead, parquetSchema } = await import('hyparquet');
  const compressors = withEmptyPages((await import('hyparquet-compressors')).compressors);
  const file = await openParquet(path);
  try {
    await checkEnds(path, file);
    const metadata = await explainDamage(path, 'its description', () => parquetMetadataAsync(file));
    const schema = await explainDamage(path, 'its schema', async () => parquetSchema(metadata));
    const columns = schema.children.map(({ element }) => element.name);
    checkMetadata(path, metadata, columns);
    found.columns(columns);
    let rowStart = 0;
    for (const [index, group] of metadata.row_groups.entries()) {
      const place = `row group ${index + 1} of ${metadata.row_groups.length}`;
      const rowEnd = rowStart + Number(group.num_rows);
      let badTexts = 0;
      const stringFromBytes = (bytes: Uint8Array | undefined) => {
        if (bytes === undefined) return undefined;
        const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
        if (!isUtf8(text)) badTexts++;
        return text.toString('utf8');
      };
      const records = await explainDamage(path, place, async () => {
        await checkGroup(file, group, { schema, compressors });
        let read: ParquetRow[] = [];
        await parquetRead({
          file,
          metadata,
          compressors,
          rowStart,
          rowEnd,
          rowFormat: 'object',
          parsers: { stringFromBytes },
          onComplete: (rows) => {
            read = rows;
          },
        });
        return read;
      });
      if (badTexts > 0) {
        found.report(
          rowStart + 1,
          `begins ${place}, in which texts hold bytes that are not UTF-8, read as U+FFFD.`,
          undefined,
          { kept: true },
        );
      }
      for (let at = 0; at < records.length; at += rowsPerPortion) {
        yield records.slice(at, at + rowsPerPortion).map((record, offset) => ({
          file: path,
          line: rowStart + at + offset + 1,
          values: Object.fromEntries(columns.map((name) => [name, parquetValue(record[name])])),
        }));
      }
      rowStart = rowEnd;
    }
  } finally {
    await file.close();
  }
}

/** LZ4 of nothing is one byte that hyparquet-compressors 1.1.2 stumbles over; columns without any value have it. */
function withEmptyPages(compressors: Compressors): Compressors {
  const entries = Object.entries(compressors).map(([codec, decompress]) => [
    codec,
    (bytes: Uint8Array, length: number) => (length === 0 ? new Uint8Array(0) : decompress(bytes, length)),
  ]);
  return Object.fromEntries(entries);
}

/** A Parquet file begins and ends with its four letters; what is in between is described at the end. */
async function checkEnds(path: string, file: OpenParquet): Promise<void> {
  const end = file.byteLength >= 12 ? await file.slice(file.byteLength - 4) : new ArrayBuffer(0);
  if (Buffer.from(end).toString('latin1') === 'PAR1') return;
  throw new UserError(
    `${path} is cut off: a Parquet file ends with PAR1.`,
    'Copy or download the file again, or write it again.',
  );
}

/** Checks what the file says of itself before anything is decoded. */
function checkMetadata(path: string, metadata: FileMetaData, columns: readonly string[]): void {
  const damaged = (what: string) =>
    new UserError(`${path} is damaged: ${what}.`, 'Copy or download the file again.');
  const { row_groups: groups, num_rows: rows } = metadata;
  const sum = groups.reduce((total, { num_rows }) => total + Number(num_rows), 0);
  if (sum !== Number(rows)) throw damaged(`its row groups have ${sum} rows, its description says ${rows}`);
  if (new Set(columns).size < columns.length) throw damaged('two of its columns have the same name');
  for (const [index, group] of groups.entries()) {
    const place = `row group ${index + 1} of ${groups.length}`;
    if (group.columns.some(({ meta_data }) => !meta_data))
      throw damaged(`${place} does not describe its columns`);
    if (!(Number(group.num_rows) >= 0)) throw damaged(`${place} has ${group.num_rows} rows`);
    const bytes = group.columns.reduce(
      (total, { meta_data }) => total + Number(meta_data?.total_uncompressed_size),
      0,
    );
    if (Number(group.num_rows) > maxGroupRows || bytes > maxGroupBytes) {
      throw new UserError(
        `${path}: ${place} has ${group.num_rows} rows and ${bytes} bytes; at most ${maxGroupRows} rows and ${maxGroupBytes} bytes can be read at once.`,
        'Write it with smaller row groups, for example pyarrow.parquet.write_table(table, path, row_group_size=100000).',
      );
    }
  }
}

async function checkGroup(
  file: OpenParquet,
  group: RowGroup,
  options: { readonly schema: SchemaTree; readonly compressors: Compressors },
): Promise<void> {
  for (const { meta_data: meta } of group.columns) {
    if (!meta) continue;
    const path = [options.schema];
    for (const name of meta.path_in_schema) {
      const child = path.at(-1)?.children.find(({ element }) => element.name === name);
      if (!child) throw new Error(`a column "${name}" that its schema does not have`);
      path.push(child);
    }
    const start = Number(meta.dictionary_page_offset || meta.data_page_offset);
    const bytes = new Uint8Array(await file.slice(start, start + Number(meta.total_compressed_size)));
    checkParquetColumn(bytes, group, { meta, path, compressors: options.compressors });
  }
}

/** Whatever the decoder stumbles over in a file's bytes is damage. */
async function explainDamage<T>(path: string, place: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof UserError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new UserError(
      `${path} is cut off or damaged in ${place}: ${reason}.`,
      'Copy or download the file again, or write it again.',
      { cause: error },
    );
  }
}
