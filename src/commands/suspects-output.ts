import type { LabelNoise, Suspect, Suspects } from '../curation/find-suspects.js';
import type { Split } from '../datasets/split.js';
import { readTexts } from '../evaluation/read-texts.js';
import { countOf, formatCount, formatPercent } from '../formats/numbers.js';
import type { RunFolder } from '../runs/run-folder.js';
import { cropToWidth, toOneLine } from '../terminal/display-width.js';
import { print, printJson } from '../terminal/print.js';
import { formatTable } from '../terminal/table.js';
import { writeSheet } from './sheet-file.js';

export interface ReportSuspectsOptions {
  readonly run: RunFolder;
  readonly split: Split;
  readonly folds: number;
  readonly rounds: number;
  readonly count?: number;
  readonly output?: string;
  readonly json: boolean;
}

/** Suspects that are shown where they are not written to a file. */
const shownCount = 10;

/** Columns of a text that is shown, in a file too. */
const shownColumns = 60;

const columns = [
  'rank',
  'example',
  'given',
  'suggested',
  'givenProbability',
  'suggestedProbability',
  'text',
] as const;

/** Prints what was found, and writes it to the file that is named. */
export async function reportSuspects(found: Suspects, options: ReportSuspectsOptions): Promise<void> {
  const { run, split, folds, rounds, count, output, json } = options;
  const named = found.suspects.slice(0, count);
  const needed = output === undefined && !json ? named.slice(0, shownCount) : named;
  const texts = await readTexts(
    split,
    needed.map(({ example }) => example),
  );
  const rows = needed.map((suspect, index) => rowOf(suspect, { rank: index + 1, texts }));
  if (output !== undefined) await writeSheet(output, { columns, rows });
  if (json) {
    const { noise, examples, judges, leftOut } = found;
    const done = { folds, rounds, judges, leftOut };
    const written = output === undefined ? { suspects: rows } : { output };
    const result = { run: run.name, path: run.path, examples, ...done, named: named.length };
    return printJson({ ...result, noise, ...written });
  }
  print([...found.noise.map((noise) => describeNoise(noise, found.examples)), summaryOf(found)].join('\n\n'));
  if (output !== undefined)
    return print(`${output}: ${countOf(named.length, 'example')}, the most suspicious first`);
  if (rows.length > 0) print(`\n${tableOf(rows)}`);
  if (named.length > rows.length) {
    print(
      `\n${formatCount(rows.length)} of ${formatCount(named.length)} are shown; --output suspects.csv writes all of them.`,
    );
  }
}

type SuspectRow = ReturnType<typeof rowOf>;

function rowOf(
  { example, given, suggested, givenProbability, suggestedProbability }: Suspect,
  { rank, texts }: { rank: number; texts: ReadonlyMap<number, string> },
) {
  const probabilities = { givenProbability, suggestedProbability };
  return { rank, example: example + 1, given, suggested, ...probabilities, text: texts.get(example)! };
}

function describeNoise(noise: LabelNoise, examples: number): string {
  const { names, counts, thresholds, wrongByLabel, noiseMatrix } = noise;
  const labels = names.map((name, label) => [
    name,
    formatCount(counts[label]),
    // No probability reaches the threshold of a label that nothing has.
    thresholds[label] > 1 ? '-' : formatPercent(thresholds[label]),
    formatCount(wrongByLabel[label]),
    formatPercent(wrongByLabel[label] / counts[label]),
  ]);
  const header = ['given label', 'examples', 'threshold', 'likely wrong', ''];
  const rates = formatTable(
    names.map((name, given) => [name, ...noiseMatrix[given].map((rate) => formatPercent(rate))]),
    { header: ['given', ...names.map((name) => `truly ${name}`)] },
  );
  const agreeing = `The models agree with ${formatPercent(noise.agreement)} of ${countOf(examples, 'label')}.`;
  return [formatTable(labels, { header }), rates, agreeing].join('\n\n');
}

function summaryOf({ noise, examples, suspects }: Suspects): string {
  const wrong = noise.reduce((sum, { wrongLabels }) => sum + wrongLabels, 0);
  const asked = noise.length * examples;
  return `About ${countOf(wrong, 'label')} of ${formatCount(asked)} (${formatPercent(wrong / asked)}) are likely wrong; ${formatCount(suspects.length)} of them can be named.`;
}

function tableOf(rows: readonly SuspectRow[]): string {
  return formatTable(
    rows.map(({ rank, example, given, suggested, givenProbability, suggestedProbability, text }) => [
      rank,
      formatCount(example),
      `${given} ${formatPercent(givenProbability)}`,
      `${suggested} ${formatPercent(suggestedProbability)}`,
      cropToWidth(toOneLine(text), shownColumns),
    ]),
    {
      header: ['rank', 'example', 'given', 'suggested', 'text'],
      align: ['right', 'right', 'left', 'left', 'left'],
    },
  );
}
