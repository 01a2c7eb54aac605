import { InvalidArgumentError, Option } from 'commander';
import { parseBytes } from '../formats/parse-bytes.js';

/** `--cache-size SIZE`, as `options.cacheSize` in bytes; undefined leaves it to the environment or the default. */
export function cacheSizeOption(): Option {
  return new Option(
    '--cache-size <size>',
    'what <data-dir>/cache may take: 2GB, 500MB (default: 4GB, or a tenth of the free disk)',
  ).argParser((text) => {
    const bytes = parseBytes(text);
    if (bytes === undefined) throw new InvalidArgumentError('Expected a size such as 2GB or 500MB.');
    return bytes;
  });
}
