import { join } from 'node:path';
import { createEnsemble } from '../jobs/create-ensemble.js';
import { memberRuns } from '../jobs/member-runs.js';
import type { RunFolder } from '../runs/run-folder.js';
import { print, printJson } from '../terminal/print.js';
import { Progress } from '../terminal/progress.js';
import { createdRecord, describeCreated } from './describe-ensemble.js';
import { type TrainAndReportOptions, trainAndShow } from './train-and-report.js';

/** Trains the members of an ensemble, or keeps those that have finished, joins them, and prints what they make. */
export async function trainMembers(options: TrainAndReportOptions): Promise<void> {
  const { config, notes, json, quiet, signal, modelsDir, dataDir, cacheSize, backend } = options;
  const { name, runs } = await memberRuns(config, options);
  const trained: RunFolder[] = [];
  for (const [place, member] of runs.entries()) {
    const what = `member ${place + 1} of ${runs.length}`;
    if (member.begun && member.isFinished) {
      notes.note(`${what}: ${member.begun.path} has finished before, and is kept`);
      trained.push(member.begun);
      continue;
    }
    if (!signal?.aborted) {
      notes.note(`${what}: ${member.begun ? 'going on with' : 'training'} ${member.name}`);
      const { finished } = await trainAndShow({
        ...{ ...options, config: member.config, name: member.name, resume: member.begun },
      });
      if (finished.status === 'completed') {
        trained.push(finished.run);
        continue;
      }
    }
    const goOn = `Stopped: ${trained.length} of ${runs.length} members are trained. The same command with --name ${name} goes on.`;
    if (json) printJson({ run: null, members: trained.map((run) => run.name) });
    else print(goOn);
    return;
  }
  const weights = runs.flatMap(({ weight }) => (weight === 'fit' ? [] : [weight]));
  let bar: Progress | undefined;
  const created = await createEnsemble(trained, {
    ...{ name, modelsDir, dataDir, cacheDir: join(dataDir, 'cache'), cacheSize, backend },
    ...(weights.length > 0 ? { weights } : { fitWeights: true }),
    onProgress(done, total) {
      bar ??= new Progress('held-out examples', { total, unit: 'examples', quiet });
      bar.update(done);
    },
  }).finally(() => bar?.stop());
  if (json) printJson(createdRecord(created));
  else print(await describeCreated(created, { modelsDir, dataDir }));
}
