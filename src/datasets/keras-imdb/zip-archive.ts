import { crc32, inflateRawSync } from 'node:zlib';
import { ByteReader } from './byte-reader.js';
import { KerasFileError } from './keras-file-error.js';

/** A file in a zip archive, as the archive's directory (at its end) describes it. */
export interface ZipMember {
  readonly name: string;
  readonly method: number;
  readonly crc: number;
  readonly storedBytes: number;
  readonly bytes: number;
  /** Where its local header begins. */
  readonly offset: number;
}

const endSignature = 0x06054b50;
const directorySignature = 0x02014b50;
const localSignature = 0x04034b50;
const endBytes = 22;
const longestComment = 0xffff;

/** Far more than the arrays of any review data set; no damaged or malicious file can ask for more memory. */
const mostBytes = 512 << 20;

/**
 * Lists the members of a zip archive (PKWARE's APPNOTE.TXT 4.3), by name.
 *
 * @throws KerasFileError when it is none, is cut off, or is one of those above 4 GB (zip64)
 */
export function zipMembers(archive: Buffer): ReadonlyMap<string, ZipMember> {
  const reader = new ByteReader(archive, 'the archive');
  reader.moveTo(endOffset(archive) + 10);
  const count = reader.uint16();
  reader.uint32();
  reader.moveTo(reader.uint32());
  const members = new Map<string, ZipMember>();
  for (let index = 0; index < count; index++) {
    const member = readMember(reader);
    members.set(member.name, member);
  }
  return members;
}

/**
 * A member's content.
 *
 * @throws KerasFileError when it is damaged, encrypted, or packed in another way than stored or deflated
 */
export function zipContent(archive: Buffer, member: ZipMember): Buffer {
  const { name, method, bytes, storedBytes } = member;
  const reader = new ByteReader(archive, name);
  reader.moveTo(member.offset);
  if (reader.uint32() !== localSignature) throw new KerasFileError(`${name} is not where it should be.`);
  reader.moveTo(reader.position + 22);
  const [nameBytes, extraBytes] = [reader.uint16(), reader.uint16()];
  reader.bytes(nameBytes + extraBytes);
  const stored = reader.bytes(storedBytes);
  const content = method === 0 ? stored : inflated(stored, member);
  if (content.length !== bytes || crc32(content) !== member.crc) {
    throw new KerasFileError(`${name} is damaged: its checksum or size is another one.`);
  }
  return content;
}

function endOffset(archive: Buffer): number {
  const earliest = Math.max(0, archive.length - endBytes - longestComment);
  for (let offset = archive.length - endBytes; offset >= earliest; offset--) {
    if (archive.readUInt32LE(offset) === endSignature) return offset;
  }
  throw new KerasFileError('it is no .npz file (a zip archive of NumPy arrays), or is cut off.');
}

function readMember(reader: ByteReader): ZipMember {
  if (reader.uint32() !== directorySignature) {
    throw new KerasFileError("the archive's directory is damaged.");
  }
  reader.bytes(6);
  const method = reader.uint16();
  reader.uint32();
  const [crc, storedBytes, bytes] = [reader.uint32(), reader.uint32(), reader.uint32()];
  const [nameBytes, extraBytes, commentBytes] = [reader.uint16(), reader.uint16(), reader.uint16()];
  reader.bytes(8);
  const offset = reader.uint32();
  const name = reader.bytes(nameBytes).toString();
  reader.bytes(extraBytes + commentBytes);
  if (bytes > mostBytes)
    throw new KerasFileError(`${name} has ${bytes} bytes, at most ${mostBytes} are read.`);
  return { name, method, crc, storedBytes, bytes, offset };
}

function inflated(stored: Buffer, { name, method, bytes }: ZipMember): Buffer {
  if (method !== 8) {
    throw new KerasFileError(
      `${name} is packed by method ${method}; 0 (stored) and 8 (deflated) can be read.`,
    );
  }
  try {
    // The limit ends the work on a file that would unpack to more than it says.
    return inflateRawSync(stored, { maxOutputLength: Math.max(1, bytes) });
  } catch (error) {
    throw new KerasFileError(`${name} is damaged: ${(error as Error).message}.`, { cause: error });
  }
}
