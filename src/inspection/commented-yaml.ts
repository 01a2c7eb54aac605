import { stringify } from 'yaml';

/** A line of YAML to be written: a key with its value, or a comment alone. */
export type YamlEntry =
  | { readonly comment: string }
  | {
      readonly key: string;
      /** A mapping is a list of entries; anything else is written in one line. */
      readonly value: unknown | readonly YamlEntry[];
      readonly reason?: string;
    };

const widest = 110;

/** Entries as YAML, comments behind values where they fit, else above them. */
export function commentedYaml(entries: readonly YamlEntry[], indent = ''): string {
  return entries
    .map((entry) => {
      if (!('key' in entry)) return commentLines(entry.comment, indent);
      const { key, value, reason } = entry;
      const below = isMapping(value) ? `\n${commentedYaml(value, `${indent}  `)}` : ` ${inOneLine(value)}`;
      const [line] = `${indent}${key}:${below}`.split('\n', 1);
      if (reason === undefined) return `${indent}${key}:${below}`;
      const comment = `  # ${oneLine(reason)}`;
      if (line.length + comment.length <= widest) {
        return `${line}${comment}${`${indent}${key}:${below}`.slice(line.length)}`;
      }
      return `${commentLines(reason, indent)}\n${indent}${key}:${below}`;
    })
    .join('\n');
}

/** Entries of a plain mapping, all the way down. */
export function entriesOf(mapping: Readonly<Record<string, unknown>>): YamlEntry[] {
  return Object.entries(mapping).map(([key, value]) => {
    const isPlain = typeof value === 'object' && value !== null && !Array.isArray(value);
    return { key, value: isPlain ? entriesOf(value as Record<string, unknown>) : value };
  });
}

function isMapping(value: unknown): value is readonly YamlEntry[] {
  return (
    Array.isArray(value) &&
    value.length > 0 &&
    value.every((each) => typeof each === 'object' && each !== null && ('comment' in each || 'key' in each))
  );
}

function inOneLine(value: unknown): string {
  const options = { collectionStyle: 'flow', lineWidth: 0, flowCollectionPadding: false } as const;
  const written = stringify(value, options).trimEnd();
  // Line breaks and other control characters are only safe in double quotes.
  return written.includes('\n')
    ? stringify(value, { ...options, defaultStringType: 'QUOTE_DOUBLE' }).trimEnd()
    : written;
}

function commentLines(comment: string, indent: string): string {
  const lines: string[] = [];
  let line = '';
  for (const word of oneLine(comment).split(' ')) {
    if (line !== '' && indent.length + 2 + line.length + 1 + word.length > widest) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line].map((each) => `${indent}# ${each}`.trimEnd()).join('\n');
}

/** People's labels may hold anything: a comment ends with its line, and marks that turn the direction of writing go. */
function oneLine(text: string): string {
  return text
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .replace(/[\u202a-\u202e\u2066-\u2069]/g, '')
    .trim();
}
