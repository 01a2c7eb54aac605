import { ArchiveError } from './archive-error.js';

const files = new Set(['File', 'OldFile', 'ContiguousFile']);
const folders = new Set(['Directory', 'GNUDumpDir']);
const root = 'aclImdb/';

/**
 * Judges one entry of an archive. A review archive holds plain files and folders; an entry that is a link, a device or
 * a pipe, or whose path leads out of the folder it is unpacked into, was put there to do harm, so the whole archive is
 * refused.
 *
 * @param entry type and path as the archive names them
 * @param archive name of the archive, for messages
 * @returns the file's path inside `aclImdb/`; undefined for folders and for files beside `aclImdb/`
 * @throws ArchiveError for an entry that must not be in such an archive
 */
export function checkArchiveEntry(
  { type, path }: { type: string; path: string },
  { archive }: { archive: string },
): string | undefined {
  const refuse = (why: string) =>
    new ArchiveError(`${archive} is refused: its entry "${path}" ${why}. Nothing was unpacked.`);
  if (!files.has(type) && !folders.has(type)) throw refuse(`is neither a file nor a folder (${type})`);
  const parts = path.split(/[/\\]/);
  if (/^([/\\]|[A-Za-z]:)/.test(path) || parts.includes('..')) throw refuse('leads out of the target folder');
  if (path.includes('\0')) throw refuse('has a name that no file can have');
  const inside = path.replace(/^(\.\/)+/, '');
  return files.has(type) && inside.startsWith(root) ? inside.slice(root.length) : undefined;
}
