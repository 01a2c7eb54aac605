/** What a download must be: it keeps a web page from being taken for the file. */
export interface FileKind {
  /** For messages: `a gzip archive`. */
  readonly name: string;
  /** The bytes that each file of this kind begins with. */
  readonly beginning: readonly number[];
}

export const gzipArchive: FileKind = { name: 'a gzip archive', beginning: [0x1f, 0x8b] };
export const zipArchive: FileKind = { name: 'an .npz file', beginning: [0x50, 0x4b] };
export const jsonObject: FileKind = { name: 'a JSON file', beginning: [0x7b] };
