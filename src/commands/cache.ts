import { join } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import type { CachedFile } from '../files/list-cache.js';
import { parseDuration } from '../formats/parse-duration.js';
import { cacheSizeOption } from './cache-size-option.js';

interface CacheFlags {
  readonly dataDir: string;
  readonly cacheSize?: number;
  readonly json: boolean;
}

/** `imdb-rnn cache` and `cache clear`: what is kept of examples that were read and counted. */
export function registerCache(program: Command): void {
  const cache = program
    .command('cache')
    .description('show what is kept of examples that were read and counted, or clear it')
    .option('--data-dir <folder>', 'where the data is', 'data')
    .addOption(cacheSizeOption())
    .option('--json', 'print JSON', false)
    .action(show)
    .addHelpText(
      'after',
      `
train, eval, compare and prepare keep what they have counted in <data-dir>/cache, and find it there the next time. When
there is more than the limit (--cache-size of those commands, else the environment variable IMDB_RNN_CACHE_SIZE, else
4 GB or a tenth of the free disk, whichever is less), what was not used for longest goes. All of it can be made again.

Examples:
  $ imdb-rnn cache
  $ imdb-rnn cache clear --older-than 30d
  $ IMDB_RNN_CACHE_SIZE=500MB imdb-rnn train --config gru2`,
    );
  cache
    .command('clear')
    .description('remove what is kept; files that are being read or written stay')
    .option('--older-than <time>', 'only what was not used for so long: 30d, 12h', duration)
    .action((_flags, command: Command) => clear(command.optsWithGlobals()))
    .configureHelp({ showGlobalOptions: true })
    .addHelpText('after', '\nExamples:\n  $ imdb-rnn cache clear\n  $ imdb-rnn cache clear --older-than 30d');
}

async function show({ dataDir, cacheSize, json }: CacheFlags): Promise<void> {
  const [{ bytesOf, listCache }, { cacheLimit }, output] = await Promise.all([
    import('../files/list-cache.js'),
    import('../files/cache-limit.js'),
    import('../terminal/print.js'),
  ]);
  const folder = join(dataDir, 'cache');
  const limit = await cacheLimit(folder, { given: cacheSize });
  const files = await listCache(folder);
  const bytes = bytesOf(files);
  if (json) output.printJson({ folder, bytes, limit: limit.bytes, limitFrom: limit.from, files });
  else output.print((await import('./format-cache.js')).formatCache(files, { folder, limit }));
}

async function clear({ dataDir, json, olderThan }: CacheFlags & { olderThan?: number }): Promise<void> {
  const [{ clearCache }, { bytesOf, listCache }, { formatBytes }, { countOf }, output] = await Promise.all([
    import('../files/clear-cache.js'),
    import('../files/list-cache.js'),
    import('../formats/bytes.js'),
    import('../formats/numbers.js'),
    import('../terminal/print.js'),
  ]);
  const folder = join(dataDir, 'cache');
  const removed = await clearCache(folder, { olderThan });
  const left = await listCache(folder);
  const facts = { folder, removed: removed.length, bytes: bytesOf(removed), left: left.length };
  if (json) return output.printJson(facts);
  const stay = left.length > 0 ? `; ${countOf(left.length, 'file')} of ${sizeOf(left)} stay` : '';
  output.print(`${folder}: removed ${countOf(removed.length, 'file')}, ${sizeOf(removed)}${stay}`);

  function sizeOf(files: readonly CachedFile[]): string {
    return formatBytes(bytesOf(files));
  }
}

function duration(text: string): number {
  const seconds = parseDuration(text);
  if (seconds === undefined) throw new InvalidArgumentError('Expected a time such as 30d, 12h or 45min.');
  return seconds;
}
