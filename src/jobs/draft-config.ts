import type { Config } from '../config/schema.js';
import { UserError } from '../errors/user-error.js';
import { formatDuration } from '../formats/durations.js';
import { countOf, formatRate } from '../formats/numbers.js';
import { inspectRows } from '../inspection/inspect-rows.js';
import type { Inspection } from '../inspection/inspection.js';
import type { OpenedData } from '../inspection/open-data.js';
import { type Proposal, proposeConfig, writeProposal } from '../inspection/propose-config.js';
import { sampleTokens, type TokenSample } from '../inspection/token-sample.js';
import { type MeasuredRate, measureRate } from './measure-rate.js';

/** A config for data, and what led to it. */
export interface Draft {
  /** With its reasons as comments. */
  readonly yaml: string;
  readonly config: Config;
  readonly inspection: Inspection;
  readonly proposal: Proposal;
  readonly tokens: TokenSample;
  /** How long a training may take here, in a sentence without its end. */
  readonly time: string;
}

/** Examples that the rate is measured with. */
const measuredExamples = 1000;

/**
 * Reads data twice, and trains on some of it for a moment: what it is, what it is in tokens, how fast it is learnt.
 *
 * @param options.name how the config is called
 * @param options.useBackend makes a backend the current one before anything is measured
 * @throws UserError where the data has no two labels to tell apart, or too few texts
 */
export async function draftConfig(
  data: OpenedData,
  { name, useBackend }: { readonly name: string; readonly useBackend: () => Promise<unknown> },
): Promise<Draft> {
  const { settings, options } = data;
  const { textOf, labelsOf } = options;
  if (!settings || !textOf || !labelsOf) {
    throw new UserError('The data has no column of labels.', 'Name it with --label-column.');
  }
  const inspection = await inspectRows(data.portions(), options);
  const proposal = await proposeConfig(inspection);
  const tokens = await sampleTokens(data.portions(), {
    ...{ textOf, labelsOf, text: proposal.base.text },
    labels: inspection.labels?.counts.map(({ label }) => label) ?? [],
    several: proposal.task !== 'classification',
    every: Math.max(1, Math.floor(inspection.rows / measuredExamples)),
  });
  const parts = { inspection, settings, tokens, name };
  const { config } = writeProposal(proposal, parts);
  await useBackend();
  const { examples, labels } = tokens;
  const rate = await measureRate(config, examples, { labels });
  const time = describeTime(rate, { config, examples: tokens.count, measuredOn: examples.length });
  return { ...writeProposal(proposal, { ...parts, time }), inspection, proposal, tokens, time };
}

function describeTime(
  { countedPerSecond, learntPerSecond, seconds }: MeasuredRate,
  { config, examples, measuredOn }: { config: Config; examples: number; measuredOn: number },
): string {
  const { epochs, validationSplit } = config.training;
  const reading = examples / countedPerSecond;
  const learning = (epochs * (1 - validationSplit) * examples) / learntPerSecond;
  return (
    `about ${formatDuration(reading + learning)} here: ${countOf(epochs, 'epoch')} or fewer at ${formatRate(learntPerSecond, 'examples')}, ` +
    `as measured for ${formatDuration(seconds)} on ${countOf(measuredOn, 'example')}`
  );
}
