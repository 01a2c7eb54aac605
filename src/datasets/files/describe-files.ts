import type { FilesSettings } from './settings.js';

/** What the data is, for a model card: names without their folders, which are nobody's business but the user's. */
export function describeFiles({ train, text, columns, label }: FilesSettings): string {
  const paths = train === undefined ? [] : typeof train === 'string' ? [train] : train;
  const [first, ...more] = paths.map((path) => path.split(/[\\/]/).at(-1));
  const source =
    first === undefined ? 'files' : more.length === 0 ? first : `${first} and ${more.length} more`;
  const texts = columns ? Object.values(columns) : text === undefined ? [] : [text];
  const named = (names: readonly string[]) => names.map((name) => `\`${name}\``).join(', ');
  const of = texts.length > 0 ? `, texts of ${named(texts)}` : '';
  return `Examples of ${source}${of}${label === undefined ? '' : `, labels of ${named([label])}`}.`;
}
