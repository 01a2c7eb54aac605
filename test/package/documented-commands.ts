import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** A command line that a page shows. */
export interface DocumentedCommand {
  /** `README.md` */
  readonly place: string;
  /** The words after `imdb-rnn`. */
  readonly words: readonly string[];
}

/** The pages of the package, and the sources, whose help texts and hints name commands, too. */
export function documentedFiles(): string[] {
  const below = (folder: string, ending: string) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith(ending))
      .map((name) => join(root, folder, name));
  const pages = ['README.md', 'data/README.md', 'models/README.md'].map((name) => join(root, name));
  return [...pages, ...below('docs', '.md'), ...below('src', '.ts')];
}

/** Every command line of a file: indented ones, after a `$` or a pipe, and those in backticks. */
export function commandsOf(path: string): DocumentedCommand[] {
  const isPage = path.endsWith('.md');
  const found: DocumentedCommand[] = [];
  const whole = readFileSync(path, 'utf8').replaceAll('\\\n', ' ');
  const lines = (isPage ? whole : whole.replaceAll('\\n', '\n').replaceAll('\\`', '`')).split('\n');
  for (const [at, line] of lines.entries()) {
    // What a page shows to be refused, and lines that are typed half, with a mark for the tab key.
    if (/^ {4,}error: /.test(lines[at + 1] ?? '') || line.includes('⇥')) continue;
    const place = relative(root, path);
    const texts = [...line.matchAll(/(?<!name: )`imdb-rnn ([a-z-][^`]*)`/g)].map(([, text]) => text);
    const shown = (
      isPage ? /^ {4,}(?:\$ )?(?:.*\| *)?imdb-rnn (?! *\d)(.*)$/ : /\$ (?:.*\| )?imdb-rnn ([^`']*)/
    ).exec(line);
    if (shown) texts.push(shown[1]);
    // What a source puts in is one more thing to fill in.
    for (const text of texts) found.push({ place, words: wordsOf(text.replace(/\$\{[^}]*\}/g, ' ... ')) });
  }
  return found;
}

/** The words of a shell's command line up to a comment, a pipe or a redirection. */
function wordsOf(text: string): string[] {
  const words: string[] = [];
  for (const [word] of text.matchAll(/(?:"[^"]*"|'[^']*'|[^\s"'])+/g)) {
    if (/^(#|\||>|&&|;)/.test(word)) break;
    words.push(word.replace(/["']/g, ''));
  }
  return words;
}
