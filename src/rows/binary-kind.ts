const convert = 'Save its content as CSV, JSONL or plain text.';
const unpack = 'Unpack it first.';

interface BinaryKind {
  /** "is ...". */
  readonly name: string;
  readonly hint: string;
}

/** The first bytes (as Latin-1) by which files are known, and where they stand. */
const signatures: readonly (readonly [start: string, name: string, hint: string, offset?: number])[] = [
  ['\x89PNG\r\n\x1a\n', 'a PNG picture', convert],
  ['\xff\xd8\xff', 'a JPEG picture', convert],
  ['GIF87a', 'a GIF picture', convert],
  ['GIF89a', 'a GIF picture', convert],
  ['%PDF-', 'a PDF document', 'Copy its text into a CSV or text file.'],
  ['PK\x03\x04', 'a ZIP archive (an .xlsx, .docx or .zip?)', 'Save a table as CSV, or unpack the archive.'],
  ['PK\x05\x06', 'an empty ZIP archive', unpack],
  ['SQLite format 3\0', 'an SQLite database', 'Export the table, for example with "sqlite3 -csv -header".'],
  ['\x7fELF', 'a program (ELF)', convert],
  ['\0asm', 'a WebAssembly module', convert],
  ['\xca\xfe\xba\xbe', 'a program or a Java class', convert],
  ['\xcf\xfa\xed\xfe', 'a program (Mach-O)', convert],
  ['\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1', 'an old Office document (an .xls or .doc?)', 'Save the table as CSV.'],
  ['Rar!\x1a\x07', 'a RAR archive', unpack],
  ["7z\xbc\xaf'\x1c", 'a 7-Zip archive', unpack],
  ['\xfd7zXZ\0', 'xz-compressed', 'Unpack it with "xz -d", or compress it with gzip instead.'],
  ['BZh91AY&SY', 'bzip2-compressed', 'Unpack it with "bunzip2", or compress it with gzip instead.'],
  ['\x04\x22\x4d\x18', 'lz4-compressed', 'Unpack it with "lz4 -d", or compress it with gzip instead.'],
  ['\x1f\x9d', 'compressed by "compress"', 'Unpack it with "uncompress".'],
  ['\x89HDF\r\n\x1a\n', 'an HDF5 file', convert],
  ['\x93NUMPY', 'a NumPy array', convert],
  ['ARROW1\0\0', 'an Arrow (Feather) file', 'Save the table as Parquet or CSV.'],
  ['Obj\x01', 'an Avro file', 'Save the table as Parquet or CSV.'],
  ['\x80\x02', 'a Python pickle', convert],
  ['\x80\x03', 'a Python pickle', convert],
  ['\x80\x04\x95', 'a Python pickle', convert],
  ['\x80\x05\x95', 'a Python pickle', convert],
  ['GGUF', 'a language model (GGUF)', convert],
  ['ID3', 'an MP3 recording', convert],
  ['RIFF', 'a recording or picture (RIFF)', convert],
  ['OggS\0', 'an Ogg recording', convert],
  ['ORC', 'an ORC file', 'Save the table as Parquet or CSV.'],
  ['MZ', 'a Windows program', convert],
  ['ustar', 'a tar archive', 'Unpack it with "tar -xf".', 257],
];

/** These beginnings could be a text's, too: only with a NUL byte behind them are they what they seem. */
const alsoText = new Set(['GGUF', 'ID3', 'RIFF', 'ORC', 'MZ', 'Obj\x01', 'ustar']);

/** What a file is whose first bytes belong to no text, such as "a PNG picture"; undefined where they may be text. */
export function binaryKind(head: Uint8Array): BinaryKind | undefined {
  const bytes = Buffer.from(head.buffer, head.byteOffset, head.byteLength);
  for (const [start, name, hint, offset = 0] of signatures) {
    if (bytes.toString('latin1', offset, offset + start.length) !== start) continue;
    if (alsoText.has(start) && !bytes.includes(0)) continue;
    return { name, hint };
  }
  return undefined;
}
