import { stat } from 'node:fs/promises';
import { UserError } from '../errors/user-error.js';
import { binaryKind } from './binary-kind.js';
import { byteOrderMark, decodeText } from './decode-text.js';
import { explainFileFailure } from './file-failure.js';
import { compressionOf, readHead, readStart } from './read-bytes.js';
import { type RowFileOptions, type TextEncoding, textEncodings } from './row.js';
import type { TextSource } from './text-blocks.js';
import { countZeros, unmarkedWide } from './unmarked-wide.js';

const headBytes = 64 * 1024;

export interface ExaminedText extends TextSource {
  /** The file's first text, at most 64 KiB, whole lines where it has any. */
  readonly head: string;
}

/** Whether a path is a folder or a file; what is neither is refused, as is what is not there. */
export async function kindOfPath(path: string): Promise<'folder' | 'file'> {
  try {
    const found = await stat(path);
    if (found.isDirectory()) return 'folder';
    if (found.isFile()) return 'file';
  } catch (error) {
    throw await explainFileFailure(path, error);
  }
  throw new UserError(
    `${path} is a pipe or device, a file was expected.`,
    'Files are read more than once: write the data into a file first.',
  );
}

/**
 * What has to be known of a file before it is read: compression, encoding, line ends. `parquet` where it is a Parquet file.
 *
 * @throws UserError where it is empty or no text, and says what it is
 */
export async function examineFile(
  path: string,
  options: Pick<RowFileOptions, 'encoding'> = {},
): Promise<ExaminedText | 'parquet'> {
  if ((await kindOfPath(path)) === 'folder') {
    throw new UserError(`${path} is a folder, a file was expected.`, 'Name the file inside of it.');
  }
  const start = await readStart(path, 8);
  if (start.length === 0) throw new UserError(`${path} is empty.`, 'Is it the right file?');
  const compression = compressionOf(start);
  const { head, complete } = await readHead(path, compression, headBytes);
  const isParquet = head.toString('latin1', 0, 4) === 'PAR1';
  if (isParquet && compression === 'none') return 'parquet';
  if (isParquet) {
    throw new UserError(`${path} is a ${compression}-compressed Parquet file.`, 'Unpack it first.');
  }
  if (compressionOf(head) !== 'none' && compression !== 'none') {
    throw new UserError(`${path} is compressed twice.`, 'Unpack it once.');
  }
  if (head.length === 0)
    throw new UserError(`${path} is empty once it is unpacked.`, 'Is it the right file?');
  const binary = binaryKind(head);
  if (binary) throw new UserError(`${path} is ${binary.name}, no data file.`, binary.hint);

  const encoding = encodingOf(path, head, options.encoding);
  const mark = byteOrderMark(head);
  const content = mark?.encoding === encoding ? head.subarray(mark.bytes) : head;
  if (content.length === 0 && complete) throw new UserError(`${path} is empty.`, 'Is it the right file?');
  const text = decodeText(content, encoding);
  const lineEnd = text.includes('\n') || !text.includes('\r') ? '\n' : '\r';
  const lines = lineEnd === '\n' ? text : text.replaceAll('\r', '\n');
  const cut = complete ? lines.length : lines.lastIndexOf('\n') + 1 || lines.length;
  return { path, compression, encoding, lineEnd, head: lines.slice(0, cut) };
}

function encodingOf(path: string, head: Buffer, given: RowFileOptions['encoding']): TextEncoding {
  const marked = byteOrderMark(head)?.encoding;
  if (given !== undefined) {
    const encoding = given === 'latin1' ? 'windows-1252' : given;
    if (!textEncodings.includes(encoding)) {
      throw new UserError(
        `${path}: the encoding "${given}" is not known.`,
        `Use one of: ${textEncodings.join(', ')}; or save the file as UTF-8.`,
      );
    }
    if (marked && marked !== encoding) {
      throw new UserError(
        `${path} begins with the mark of ${marked.toUpperCase()}, the given encoding is ${encoding}.`,
        'Leave the encoding out: the mark tells it.',
      );
    }
    return encoding;
  }
  if (marked) return marked;
  const wide = unmarkedWide(head);
  if (wide) {
    throw new UserError(
      `${path} seems to be ${wide.toUpperCase()} without a byte order mark.`,
      `Give its encoding (${wide}), or save it as UTF-8.`,
    );
  }
  const { even, odd } = countZeros(head);
  if (even + odd > head.length / 100) {
    throw new UserError(
      `${path} is no text: ${even + odd} of its first ${head.length} bytes are zero.`,
      'Is it the right file? Save its content as CSV, JSONL or plain text.',
    );
  }
  return 'utf-8';
}
