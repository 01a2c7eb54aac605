import { join } from 'node:path';
import { type Command, Option } from 'commander';
import type { Vocabulary } from '../text/vocabulary.js';
import { runsFolderOption } from './runs-folder-option.js';
import { setOption } from './set-option.js';

interface EncodeFlags {
  readonly config?: string;
  readonly run?: string;
  readonly set: readonly string[];
  readonly dataDir: string;
  readonly modelsDir: string;
  readonly json: boolean;
  readonly quiet: boolean;
}

/** One text as a model reads it; `imdb-rnn encode --json` prints it as it stands. */
interface EncodedText {
  readonly text: string;
  /** With `text.ngrams` above 1 also the runs of tokens, joined by spaces. */
  readonly tokens: readonly string[];
  /** -1: the token or run is unknown and left out. */
  readonly ids: readonly number[];
  /** For each token whether it is unknown, so that its id is one that unknown tokens share. */
  readonly oov: readonly boolean[];
}

/** `imdb-rnn encode`: shows the tokens and ids that a config, or a trained run, makes of a text. */
export function registerEncode(program: Command): void {
  program
    .command('encode')
    .description("show a text's tokens and their ids")
    .argument('<text...>', 'texts, or - for the lines of a pipe')
    .option('--config <file or name>', 'count the vocabulary on the training split of this config')
    .addOption(new Option('--run <run>', 'take the vocabulary of this run').conflicts(['config', 'set']))
    .addOption(setOption())
    .option('--data-dir <folder>', 'where the data is', 'data')
    .addOption(runsFolderOption())
    .option('--json', 'print one line of JSON for each text', false)
    .option('--quiet', 'print nothing but the result', false)
    .addHelpText(
      'after',
      `
Words that the vocabulary does not know share the ids of its OOV (out of vocabulary) buckets, or the id of <unk>, or
are left out, as the config says. Of subwords (text.tokenizer) none is unknown; a space before a word is part of it, and
is written Ġ.

Examples:
  $ imdb-rnn encode --config gru2 "This movie was faaaaaantastic"
  $ imdb-rnn encode --run gru2-2025-01-31-1 --json "A film to forget."
  $ imdb-rnn encode --config bilstm-200 "this film was just brilliant"
  $ cat reviews.txt | imdb-rnn encode --config gru2 -`,
    )
    .action(encode);
}

async function encode(texts: readonly string[], flags: EncodeFlags, command: Command): Promise<void> {
  if (flags.config === undefined && flags.run === undefined) {
    command.error("error: name the vocabulary's source: --config <file or name> or --run <run>", {
      exitCode: 2,
    });
  }
  const [{ createNotes }, { print, printJson }] = await Promise.all([
    import('../terminal/notes.js'),
    import('../terminal/print.js'),
  ]);
  const notes = createNotes(flags);
  const vocabulary = await (flags.run === undefined ? fromConfig(flags) : fromRun(flags));
  let count = 0;
  for await (const text of readTexts(texts)) {
    const tokens = vocabulary.features(text);
    const ids = tokens.map((token) => vocabulary.id(token));
    if (tokens.length === 0) notes.note(`text ${count + 1} has no tokens: "${text.slice(0, 60)}"`);
    const encoded = { text, tokens, ids, oov: ids.map((id) => vocabulary.isOov(id)) };
    if (flags.json) printJson(encoded);
    else if (tokens.length > 0) print((count > 0 ? '\n' : '') + (await formatText(encoded, vocabulary)));
    count++;
  }
}

async function fromConfig({ config: name, set, dataDir }: EncodeFlags): Promise<Vocabulary> {
  const { loadConfig } = await import('../config/load-config.js');
  const { config } = await loadConfig(name!, set);
  const [{ openSplit }, { prepareTraining }] = await Promise.all([
    import('../datasets/open-split.js'),
    import('../batches/prepare-training.js'),
  ]);
  const split = await openSplit('train', { dataset: config.dataset, dataDir });
  const { vocabulary } = await prepareTraining(split, config.text, { cacheDir: join(dataDir, 'cache') });
  return vocabulary;
}

async function fromRun({ run: name, modelsDir }: EncodeFlags): Promise<Vocabulary> {
  const { findRun } = await import('../runs/find-run.js');
  const run = await findRun(modelsDir, name);
  return run.readVocabulary();
}

async function* readTexts(texts: readonly string[]): AsyncGenerator<string> {
  const { readTexts: linesOf } = await import('../terminal/read-texts.js');
  for (const text of texts) {
    if (text === '-') for await (const lines of linesOf('-')) yield* lines;
    else yield text;
  }
}

async function formatText({ tokens, ids, oov }: EncodedText, vocabulary: Vocabulary): Promise<string> {
  const [{ formatTable }, { explainToken }] = await Promise.all([
    import('../terminal/table.js'),
    import('../text/token-text.js'),
  ]);
  const rows = tokens.map((token, place) => {
    const id = ids[place];
    if (id < 0) return [token, '-', 'unknown, left out'];
    if (!oov[place]) return [token, `${id}`, explainToken(token, vocabulary.text)];
    return [token, `${id}`, vocabulary.token(id) ?? `unknown, OOV bucket ${id - vocabulary.knownSize}`];
  });
  return formatTable(rows, { header: ['token', 'id', ''], align: ['left', 'right', 'left'] });
}
