import type { BackendChoice } from '../backends/use-backend.js';
import { formatBytes } from '../formats/bytes.js';
import { formatDuration } from '../formats/durations.js';
import { countOf, formatPercent, formatRate } from '../formats/numbers.js';
import { describeRun } from '../reporting/describe-run.js';
import { modelCard } from '../reporting/model-card.js';
import { reportPage } from '../reporting/report-page.js';
import type { TrainingFacts } from '../reporting/run-description.js';
import type { RunFolder } from '../runs/run-folder.js';
import type { Notes } from '../terminal/notes.js';
import { print, printJson } from '../terminal/print.js';
import { Progress } from '../terminal/progress.js';
import { type TrainRunEvent, type TrainRunOptions, trainRun } from '../training/train-run.js';

type EventOf<Type extends TrainRunEvent['type']> = Extract<TrainRunEvent, { type: Type }>;
type EpochEvent = EventOf<'epoch'>;

export interface TrainAndReportOptions extends TrainRunOptions {
  backend: BackendChoice;
  notes: Notes;
  json: boolean;
  quiet: boolean;
}

/** Trains, shows how it goes, and writes the run's report, model card and summary. */
export async function trainAndReport(options: TrainAndReportOptions): Promise<void> {
  const { config, notes, json, quiet, backend } = options;
  const { epochs } = config.training;
  const started = performance.now();
  const finishedEpochs: EpochEvent[] = [];
  let prepared: EventOf<'prepared'> | undefined;
  let finished: EventOf<'finished'> | undefined;
  let bar: Progress | undefined;
  for await (const event of trainRun(options)) {
    if (event.type === 'prepared') {
      prepared = event;
      for (const line of describePrepared(event)) notes.note(line);
    } else if (event.type === 'step') {
      const { epoch, step, steps } = event;
      bar ??= new Progress(`epoch ${epoch}/${epochs}`, {
        total: prepared!.trainingExamples,
        start: event.examples,
        unit: 'examples',
        quiet,
      });
      bar.update(
        event.examples,
        `step ${step}/${steps}  loss ${event.meanLoss.toFixed(4)}  accuracy ${formatPercent(event.accuracy)}`,
      );
    } else if (event.type === 'epoch') {
      finishedEpochs.push(event);
      bar?.stop(describeEpoch(event, epochs, prepared!));
      bar = undefined;
    } else if (event.type === 'finished') finished = event;
  }
  bar?.stop();
  const { run } = prepared!;
  const facts = {
    ...factsOf(prepared!, backend),
    status: finished!.status,
    bestEpoch: finished!.best?.epoch ?? null,
    seconds: (performance.now() - started) / 1_000,
    peakMemoryBytes: process.resourceUsage().maxRSS * 1_024,
  };
  await writeReports(run, facts);
  const result = { run: run.name, path: run.path, ...facts, best: finished!.best ?? null };
  if (json)
    printJson({ ...result, epochs: finishedEpochs.map(({ type: _type, state: _state, ...epoch }) => epoch) });
  else print(describeResult(run, facts, { finished: finished!, modelsDir: options.modelsDir }));
}

function describePrepared(event: EventOf<'prepared'>): string[] {
  const { run, trainingExamples, validationExamples, parameters, resumed, fromCache } = event;
  const held =
    validationExamples > 0 ? `, ${countOf(validationExamples, 'example')} held out for validation` : '';
  return [
    `${countOf(trainingExamples, 'example')} to train on${held}${fromCache ? ' (from the cache)' : ''}`,
    `model of ${countOf(parameters, 'parameter')}, run ${run.path}`,
    ...(resumed ? [`going on in epoch ${resumed.epoch} after step ${resumed.step}`] : []),
  ];
}

function describeEpoch(event: EpochEvent, epochs: number, prepared: EventOf<'prepared'>): string {
  const { epoch, loss, accuracy, validationLoss, validationAccuracy, seconds, best } = event;
  const validation =
    validationLoss === undefined || validationAccuracy === undefined
      ? ''
      : `  validation loss ${validationLoss.toFixed(4)}  accuracy ${formatPercent(validationAccuracy)}`;
  const examples = prepared.trainingExamples + prepared.validationExamples;
  const speed = `${formatDuration(seconds)}, ${formatRate(examples / seconds, 'examples')}`;
  const kept = best ? '  best so far' : '';
  return `epoch ${epoch}/${epochs}  loss ${loss.toFixed(4)}  accuracy ${formatPercent(accuracy)}${validation}  ${speed}${kept}`;
}

function factsOf(
  prepared: EventOf<'prepared'>,
  backend: BackendChoice,
): TrainingFacts & Pick<BackendChoice, 'simd' | 'vectorBits'> {
  const { parameters, knownTokens, trainingExamples, validationExamples } = prepared;
  const { name, threads, simd, vectorBits } = backend;
  const data = { parameters, knownTokens, trainingExamples, validationExamples };
  return { ...data, backend: name, threads, simd, vectorBits };
}

async function writeReports(run: RunFolder, facts: TrainingFacts): Promise<void> {
  const description = await describeRun(run, facts);
  await run.writeReport(reportPage(description));
  await run.writeModelCard(modelCard(description));
  await run.writeSummary({ ...facts });
}

function describeResult(
  run: RunFolder,
  { seconds, peakMemoryBytes }: { seconds: number; peakMemoryBytes: number },
  { finished: { status, best }, modelsDir }: { finished: EventOf<'finished'>; modelsDir: string },
): string {
  const accuracy =
    best?.validationAccuracy === undefined
      ? ''
      : `, validation accuracy ${formatPercent(best.validationAccuracy)}`;
  const kept = best
    ? `epoch ${best.epoch}${accuracy}`
    : 'the weights of the last step: no epoch was finished';
  const where = modelsDir === 'models' ? '' : ` --models-dir ${modelsDir}`;
  const again = status === 'interrupted' ? `\nGo on:       imdb-rnn train --resume ${run.name}${where}` : '';
  return `${status === 'interrupted' ? 'Stopped' : 'Done'} in ${formatDuration(seconds)}, at most ${formatBytes(peakMemoryBytes)} of memory.
Kept:        ${kept}
Run folder:  ${run.path}${again}
Measure it:  imdb-rnn eval --run ${run.name}${where}
Use it:      imdb-rnn predict --run ${run.name}${where} "text"`;
}
