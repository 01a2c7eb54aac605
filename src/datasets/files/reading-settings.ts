import type { FilesSettings } from './settings.js';

/**
 * How columns of further files are to be read, as former files of one's own were: but not how the files are written, since these
 * may be of another format.
 */
export function readingSettings(settings: FilesSettings): Partial<FilesSettings> {
  const { text, columns, label, labelSeparator, features, header, quote, encoding } = settings;
  // Nothing in a file tells of this encoding.
  const given = encoding === 'windows-1252' ? { encoding } : {};
  return { text, columns, label, labelSeparator, features, header, quote, ...given };
}
