import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describeRun } from '../reporting/describe-run.js';
import { modelCard } from '../reporting/model-card.js';
import { reportPage } from '../reporting/report-page.js';
import { moveRun } from '../runs/move-run.js';
import { renewMarks } from '../runs/renew-marks.js';
import type { RunFolder } from '../runs/run-folder.js';

/**
 * Gives a run another name, in its folder's name and in what people read: model card and report. All else of a run
 * has no name in it.
 *
 * @returns the run by its new name, and why its texts could not be renewed, where they could not: the run is whole all the same
 * @throws UserError when the name is taken or cannot be that of a run, or the run has to stay as it is
 */
export async function renameRun(
  former: RunFolder,
  name: string,
): Promise<{ readonly run: RunFolder; readonly problem?: string }> {
  const run = await moveRun(former, name);
  try {
    await renewTexts(run);
    return { run };
  } catch (error) {
    return { run, problem: (error as Error).message };
  }
}

async function renewTexts(run: RunFolder): Promise<void> {
  const texts = ['report.html', 'README.md'].filter((file) => existsSync(join(run.path, file)));
  if (texts.length === 0) return;
  const description = await describeRun(run, {});
  if (texts.includes('report.html')) await run.writeReport(reportPage(description));
  if (texts.includes('README.md')) await run.writeModelCard(modelCard(description));
  await renewMarks(run.path, texts);
}
