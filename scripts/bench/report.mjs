// The measurement as text: tables and what they are about.
import { formatTable } from '../../dist/terminal/table.js';
import { describeMachine } from './machine.mjs';
import { describePeak, peakWith } from './measure-peak.mjs';
import { roundingError } from './ratios.mjs';
import { summaryTable } from './summary-table.mjs';

/**
 * @typedef {import('./run-rounds.mjs').Outcome} Outcome
 * @typedef {import('./ratios.mjs').Ratio} Ratio
 * @typedef {{ train: number, predict: number }} Gflop of the median batch
 */

/** Times of stock TF.js are of another size: digits that mean nothing are left out. */
const digitsFor = (/** @type {number} */ value) => (value < 100 ? 1 : 0);
const count = (/** @type {number} */ value) => value.toLocaleString('en');
const percentage = (/** @type {number | undefined} */ share) =>
  share === undefined ? '-' : `${(100 * share).toFixed(1)} %`;
const figure = (/** @type {number} */ value) => value.toFixed(digitsFor(value));

/**
 * @param {readonly Outcome[]} outcomes
 * @param {{ gflop: Gflop, batchSize: number, peak?: import('./measure-peak.mjs').Peak }} about the batch, and the machine
 * @returns {string} a row for each contender that was measured
 */
export function timesTable(outcomes, { gflop, batchSize, peak }) {
  const rows = outcomes.flatMap(({ title, result }) => {
    if (!result) return [];
    const { train, predict, peakMemoryMB, outsideKernels, threads } = result;
    const gflops = train && (1000 * gflop.train) / train.ms;
    const most = peakWith(peak, threads);
    return [
      [
        title,
        train ? figure(train.ms) : '-',
        figure(predict.ms),
        train ? figure((1000 * batchSize) / train.ms) : '-',
        gflops ? gflops.toFixed(1) : '-',
        percentage(gflops && most && gflops / most),
        peakMemoryMB,
        percentage(outsideKernels),
      ],
    ];
  });
  const header = [
    'contender',
    'train, ms/step',
    'predict, ms/batch',
    'train, examples/s',
    'train, GFLOP/s',
    'of the peak',
    'peak MB',
    'outside kernels',
  ];
  return formatTable(rows, {
    header,
    align: ['left', ...header.slice(1).map(() => /** @type {const} */ ('right'))],
  });
}

/**
 * @param {readonly Outcome[]} outcomes
 * @returns {string} the ways in which each rival was measured
 */
export function variantsTable(outcomes) {
  const rows = outcomes.flatMap(({ result }) => {
    if (!result) return [];
    return /** @type {const} */ (['train', 'predict']).flatMap((kind) => {
      const measured = result[kind];
      const variants = Object.values(measured?.variants ?? {});
      if (variants.length < 2) return [];
      return variants.map(({ variant, ms, paddingChange }) => {
        const fastest = variant === measured?.variant ? 'fastest' : '';
        const padding = describePadding(paddingChange);
        return [`${result.name} ${result.version}`, kind, variant, figure(ms), fastest, padding];
      });
    });
  });
  if (rows.length === 0) return '';
  const header = ['rival', 'what', 'variant', 'ms', '', 'padding'];
  return formatTable(rows, { header, align: ['left', 'left', 'left', 'right', 'left', 'left'] });
}

/** @param {number | undefined} change of probabilities of short examples */
function describePadding(change) {
  if (change === undefined) return '';
  return change > roundingError ? `changes answers by up to ${change.toFixed(3)}` : 'masked';
}

/**
 * @param {readonly Ratio[]} ratios
 * @returns {string}
 */
export function ratiosTable(ratios) {
  const rows = ratios.map(({ name, value, range, target, bound, verdict, detail }) => {
    const isShare = name.includes('share');
    const shown = (/** @type {number} */ number) =>
      isShare ? `${(100 * number).toFixed(1)} %` : number.toFixed(2);
    return [
      name,
      value === undefined ? '-' : shown(value),
      range ? `${shown(range[0])} to ${shown(range[1])}` : '-',
      `${bound} ${shown(target)}`,
      verdict,
      detail,
    ];
  });
  const header = ['figure', 'value', 'rounds', 'target', 'verdict', 'compared'];
  return formatTable(rows, { header, align: ['left', 'right', 'left', 'left', 'left', 'left'] });
}

/**
 * @param {readonly Outcome[]} outcomes
 * @returns {string[]} a line for each contender that failed or did other work than the rest, or has more parameters
 */
export function remarks(outcomes) {
  return outcomes.flatMap(({ title, result, failure }) => {
    if (failure !== undefined) return [`${title} was not measured: ${failure}`];
    const { note, parameters = 0, secondBiases = 0 } = result ?? {};
    const more = `${count(parameters)} parameters, ${count(secondBiases)} of them biases beside biases, which Keras leaves out`;
    return [note, secondBiases > 0 ? more : undefined]
      .filter((remark) => remark !== undefined)
      .map((remark) => `${title}: ${remark}`);
  });
}

/**
 * @param {import('./main.mjs').Measurement} measurement
 * @returns {string} the whole report
 */
export function report({ machine, load, peak, date, settings, works }) {
  return [
    `${date}: ${describeMachine(machine)}`,
    `Load average ${load.before} before, ${load.after} after (this measurement included).`,
    describePeak(peak),
    ...works.flatMap((work) => ['', ...describeWork(work, { rounds: settings.rounds, peak })]),
    ...(works.length > 1 ? ['', summaryTable(works)] : []),
  ].join('\n');
}

/**
 * @param {import('./measure-work.mjs').MeasuredWork} work
 * @param {{ rounds: number, peak: import('./measure-peak.mjs').Peak }} run
 * @returns {string[]} paragraphs about one model
 */
function describeWork({ work, steps, warmup, data, gflop, outcomes, ratios }, { rounds, peak }) {
  const { model, batchSize, dataset, examples, tokensPerExample, missing } = data;
  const reason = missing.length > 0 ? ` (${missing.join('; ')})` : '';
  return [
    `${work}: ${count(model.parameters)} parameters, ${count(model.idCount)} ids; batches of ${batchSize} of the ` +
      `${count(examples)} examples of ${dataset}${reason}, ${tokensPerExample.toFixed(1)} tokens an example; ` +
      `${gflop.train.toFixed(2)} GFLOP a training step, ${gflop.predict.toFixed(2)} a predicted batch.`,
    `Medians of ${rounds} ${rounds === 1 ? 'round' : 'rounds'} of ${steps} steps after ${warmup} to warm up.`,
    '',
    timesTable(outcomes, { gflop, batchSize, peak }),
    ...remarks(outcomes).flatMap((remark, index) => (index === 0 ? ['', remark] : [remark])),
    ...[variantsTable(outcomes)].flatMap((table) => (table ? ['', table] : [])),
    '',
    ratiosTable(ratios),
  ];
}
