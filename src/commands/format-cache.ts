import type { CacheLimit } from '../files/cache-limit.js';
import { bytesOf, type CachedFile } from '../files/list-cache.js';
import { formatBytes } from '../formats/bytes.js';
import { countOf, formatCount, formatPercent } from '../formats/numbers.js';
import { columnsOf } from '../terminal/display-width.js';
import { formatTable } from '../terminal/table.js';

const sources: Readonly<Record<CacheLimit['from'], string>> = {
  option: '--cache-size',
  environment: 'IMDB_RNN_CACHE_SIZE',
  default: '4 GB or a tenth of the free disk',
};

/** The files of a cache, the most recently used first, and the total against the limit. */
export function formatCache(
  files: readonly CachedFile[],
  { folder, limit }: { readonly folder: string; readonly limit: CacheLimit },
): string {
  const bytes = bytesOf(files);
  const share = limit.bytes > 0 ? `${formatPercent(bytes / limit.bytes)} of ` : '';
  const total = `${folder}: ${countOf(files.length, 'file')}, ${formatBytes(bytes)}, ${share}${formatBytes(limit.bytes)} (${sources[limit.from]})`;
  if (files.length === 0) return total;
  const columns = columnsOf(process.stdout);
  const rows = files.map((file) => [timeOf(file.lastUsed), formatBytes(file.bytes), ...describe(file)]);
  const table = formatTable(rows, {
    header: ['last used', 'size', 'split', 'examples', 'settings'],
    align: ['left', 'right', 'left', 'right', 'left'],
    width: Number.isFinite(columns) ? columns : 80,
  });
  return `${table}\n\n${total}`;
}

/** Split, examples, settings. */
function describe({ kind, about, inUse, name }: CachedFile): [string, string, string] {
  if (kind === 'outdated') return ['(outdated or damaged)', '', name];
  if (kind === 'leftOver') return ['(left over)', '', name];
  if (kind === 'writing') return ['(being written)', '', name];
  if (!about) return ['', '', name];
  const { dataset, split, examples, settings } = about;
  const said = [dataset, split, inUse ? '(in use)' : undefined].filter((part) => part !== undefined);
  return [said.join(' '), formatCount(examples), describeSettings(settings)];
}

/** The settings by which people tell files apart. */
function describeSettings(settings: Readonly<Record<string, unknown>>): string {
  const { tokenizer, maxLength, lengthUnit, vocabularySize, ngrams } = settings;
  const parts = [
    tokenizer,
    maxLength !== undefined && `${maxLength} ${lengthUnit ?? ''}`.trim(),
    vocabularySize !== undefined && `vocabulary ${vocabularySize}`,
    ngrams !== undefined && ngrams !== 1 && `ngrams ${ngrams}`,
  ];
  return parts.filter((part) => part !== undefined && part !== false).join(', ');
}

/** Local time, to the minute: `2025-01-31 18:05`. */
function timeOf(date: Date): string {
  const two = (value: number) => String(value).padStart(2, '0');
  const day = [date.getFullYear(), two(date.getMonth() + 1), two(date.getDate())].join('-');
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}`;
}
