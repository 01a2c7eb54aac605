import { type Mistake, mistakeRecord } from '../evaluation/mistakes.js';
import { sheetFormat, writeSheet } from './sheet-file.js';

/**
 * Writes mistakes into a file of rows: of csv and tsv a column each for the example's place, its text, what is true, the
 * answer and its probability; of jsonl what `eval --json` tells of each.
 *
 * @param path ends in `.csv`, `.tsv` or `.jsonl`
 */
export async function writeMistakes(path: string, mistakes: readonly Mistake[]): Promise<void> {
  const format = sheetFormat(path);
  const records = mistakes.map(format === 'jsonl' ? mistakeRecord : plainRow);
  const columns = [...new Set(records.flatMap((record) => Object.keys(record)))];
  const header = format === 'jsonl' ? columns : plainColumns;
  await writeSheet(path, { columns: header, rows: records });
}

const plainColumns = ['example', 'text', 'truth', 'answer', 'probability'];

function plainRow({ example, text, truth, answer }: Mistake): Record<string, unknown> {
  const { summary, probability } = answer;
  return { example, text, truth: truthText(truth), answer: summary, probability };
}

/** What is true in the form of an answer: `a, b`, or `-` where there is nothing. */
export function truthText(truth: Mistake['truth']): string {
  if (typeof truth === 'string') return truth;
  return truth.length > 0 ? truth.join(', ') : '-';
}
