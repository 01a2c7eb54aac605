import { join } from 'node:path';
import type { Command } from 'commander';
import type { TextReport } from '../batches/text-report.js';
import type { TextConfig } from '../config/schema.js';
import { cacheSizeOption } from './cache-size-option.js';
import { setOption } from './set-option.js';

interface PrepareFlags {
  readonly config: string;
  readonly set: readonly string[];
  readonly dataDir: string;
  readonly cacheSize?: number;
  readonly json: boolean;
  readonly quiet: boolean;
}

/** `imdb-rnn prepare`: shows what a config makes of its examples before anything is trained. */
export function registerPrepare(program: Command): void {
  program
    .command('prepare')
    .description('read, clean and count the examples of a config, and show what came of it')
    .requiredOption('--config <file or name>', 'YAML file, or the name of a packaged config')
    .addOption(setOption())
    .option('--data-dir <folder>', 'where the data is', 'data')
    .addOption(cacheSizeOption())
    .option('--json', 'print the result as JSON', false)
    .option('--quiet', 'print nothing but the result', false)
    .addHelpText(
      'after',
      `
Counts the training split; the test split, where it is there, only for its share of unknown words.
What was counted is kept in <data-dir>/cache, where train and eval find it.

Examples:
  $ imdb-rnn prepare --config gru2
  $ imdb-rnn prepare --config gru2 --set dataset.name=sample
  $ imdb-rnn prepare --config gru2 --set text.maxLength=1000 --json
  $ imdb-rnn prepare --config bilstm-200`,
    )
    .action(prepare);
}

async function prepare({ config: name, set, dataDir, cacheSize, json, quiet }: PrepareFlags): Promise<void> {
  const [{ loadConfig }, { reportOnText }, { createNotes }, { formatOverride }, { print, printJson }] =
    await Promise.all([
      import('../config/load-config.js'),
      import('../batches/text-report.js'),
      import('../terminal/notes.js'),
      import('../terminal/format-override.js'),
      import('../terminal/print.js'),
    ]);
  const notes = createNotes({ quiet });
  const { config, overrides } = await loadConfig(name, set);
  for (const override of overrides) notes.note(formatOverride(override));
  const started = performance.now();
  const report = await reportOnText(config, { dataDir, cacheDir: join(dataDir, 'cache'), cacheSize });
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  notes.note(report.fromCache ? `from the cache, ${seconds} s` : `read and counted, ${seconds} s`);
  if (json) printJson(report);
  else print(await formatReport(report, config.text));
}

async function formatReport(report: TextReport, text: TextConfig): Promise<string> {
  const [{ formatTable }, { formatCount, countOf, formatPercent }, { explainToken }, { bar }] =
    await Promise.all([
      import('../terminal/table.js'),
      import('../formats/numbers.js'),
      import('../text/token-text.js'),
      import('../terminal/bar.js'),
    ]);
  const { lengths, test, tokens, ngrams } = report;
  const inTest = !test || test.oovShare === null ? '' : `; ${formatPercent(test.oovShare)} of test's`;
  const shared = report.oovBuckets === 0 ? 'the id of <unk>' : countOf(report.oovBuckets, 'id');
  const known = `<pad> and ${formatCount(report.knownTokens - 1)} others have an id of their own`;
  const perExample = `${lengths.mean.toFixed(1)} an example, at most ${lengths.max}`;
  const figures = [
    ['examples', formatCount(report.examples), `${report.dataset}, ${report.split}`],
    ['tokens', formatCount(tokens), ngrams === 1 ? perExample : ''],
    ['distinct tokens', formatCount(report.distinctTokens), ngrams === 1 ? known : ''],
    ...(ngrams === 1
      ? []
      : [
          [
            'features',
            formatCount(Math.round(lengths.mean * report.examples)),
            `${perExample}: ${describeRuns(report)}`,
          ],
          ['ids', formatCount(report.knownTokens + report.oovBuckets + report.ngramBuckets), known],
        ]),
    ...(report.oovShare === null
      ? []
      : [
          [
            text.tokenizer === 'characters' ? 'unknown characters' : 'unknown words',
            formatPercent(report.oovShare),
            `of train's tokens${inTest}; they share ${shared}`,
          ],
        ]),
    [
      'padding efficiency',
      formatPercent(report.paddingEfficiency),
      `of what is computed in batches of ${report.batchSize} is tokens; ` +
        `${formatPercent(report.paddingEfficiencyWithoutBuckets)} without length buckets`,
    ],
  ];
  const words = report.mostCommon.map(([token, count]) => {
    return [token, formatCount(count), formatPercent(count / tokens), explainToken(token, text)];
  });
  const most = Math.max(1, ...lengths.histogram.map(({ examples }) => examples));
  const bars = lengths.histogram.map(({ from, to, examples }) => {
    return [from === to ? `${from}` : `${from}-${to}`, formatCount(examples), bar(examples / most)];
  });
  return [
    formatTable(figures, { align: ['left', 'right', 'left'] }),
    formatTable(words, {
      header: ['most common', 'count', 'share'],
      align: ['left', 'right', 'right', 'left'],
    }),
    formatTable(bars, {
      header: [ngrams === 1 ? 'tokens' : 'features', 'examples', ''],
      align: ['right', 'right', 'left'],
    }),
  ].join('\n\n');
}

function describeRuns({ ngrams, ngramBuckets }: TextReport): string {
  return `tokens and their runs of ${ngrams === 2 ? 'two' : `two to ${ngrams}`}${ngramBuckets > 0 ? ', by a hash' : ''}`;
}
