import { describeRun } from '../reporting/describe-run.js';
import { modelCard } from '../reporting/model-card.js';
import { reportPage } from '../reporting/report-page.js';
import type { TrainingFacts } from '../reporting/run-description.js';
import type { RunFolder } from '../runs/run-folder.js';

/**
 * Writes what people read of a run, report.html and README.md, from all that its files tell, and run.json with new facts.
 *
 * @param facts what run.json does not hold yet; by key they replace what it holds
 */
export async function writeReports(run: RunFolder, facts: TrainingFacts): Promise<void> {
  const description = await describeRun(run, facts);
  await run.writeReport(reportPage(description));
  await run.writeModelCard(modelCard(description));
  await run.writeSummary({ ...facts });
}
