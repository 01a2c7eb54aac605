import { UserError } from '../errors/user-error.js';
import { linesOf } from './line-rows.js';
import type { ReportProblem } from './report-problem.js';
import type { Row } from './row.js';
import { type TextSource, textBlocks } from './text-blocks.js';

const rowsPerPortion = 2048;

/**
 * Rows of `text` and `label` out of two files, line by line.
 *
 * @throws UserError where the files have unequal numbers of lines
 */
export async function* pairRows(
  texts: TextSource,
  labels: TextSource,
  report: { readonly texts: ReportProblem; readonly labels: ReportProblem },
): AsyncGenerator<readonly Row[]> {
  const labelLines = allLines(labels, report.labels);
  let rows: Row[] = [];
  let lines = 0;
  try {
    for await (const [line, text] of allLines(texts, report.texts)) {
      const label = await labelLines.next();
      if (label.done) {
        throw await unequal(texts, labels, { inLabels: lines });
      }
      lines++;
      rows.push({ file: texts.path, line, values: { text, label: label.value[1] } });
      if (rows.length === rowsPerPortion) {
        yield rows;
        rows = [];
      }
    }
    if (!(await labelLines.next()).done) throw await unequal(texts, labels, { inTexts: lines });
  } finally {
    await labelLines.return(undefined);
  }
  if (rows.length > 0) yield rows;
}

async function* allLines(
  source: TextSource,
  report: ReportProblem,
): AsyncGenerator<readonly [number, string]> {
  for await (const block of textBlocks(source, report)) yield* linesOf(block);
}

async function unequal(
  texts: TextSource,
  labels: TextSource,
  known: { readonly inTexts?: number; readonly inLabels?: number },
): Promise<UserError> {
  const { inTexts = await countLines(texts), inLabels = await countLines(labels) } = known;
  return new UserError(
    `${texts.path} has ${inTexts} lines and ${labels.path} ${inLabels}, where each text needs its label.`,
    `Look for the line that is missing, or for a line end within a text, in the first ${Math.min(inTexts, inLabels) + 1} lines.`,
  );
}

async function countLines(source: TextSource): Promise<number> {
  let count = 0;
  for await (const block of textBlocks(source, () => {})) {
    for (const [line] of linesOf(block)) count = line;
  }
  return count;
}
