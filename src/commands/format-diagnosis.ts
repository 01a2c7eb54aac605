import type { Diagnosis } from '../diagnosis/diagnose.js';
import type { ExaminedSplit } from '../diagnosis/examine-data.js';
import type { FolderFacts } from '../diagnosis/examine-folder.js';
import type { SystemFacts } from '../diagnosis/examine-system.js';
import type { JudgedSpeed } from '../diagnosis/judge-speed.js';
import { referenceGflops } from '../diagnosis/reference-speeds.js';
import { formatAge } from '../formats/age.js';
import { formatBytes } from '../formats/bytes.js';
import { countOf, formatCount, formatPercent } from '../formats/numbers.js';
import { formatTable } from '../terminal/table.js';
import { formatExamination } from './format-examination.js';

type Row = readonly [name: string, text: string];

/** What `doctor` prints: the machine and its backends, the data, the runs, the speed, each with what is wrong. */
export function formatDiagnosis(diagnosis: Diagnosis, now = Date.now()): string {
  const { system, machine, speed } = diagnosis;
  const parts = [
    formatExamination(machine, diagnosis, systemRows(system)),
    table(dataRows(diagnosis.data)),
    table(runsRows(diagnosis.models, now)),
    ...(speed ? [table(speedRows(speed))] : []),
  ];
  return parts.join('\n\n');
}

const table = (rows: readonly Row[]) => formatTable(rows, { width: Number.POSITIVE_INFINITY });

function systemRows({ versions, nodeOptions, processor, cores, usableCores, memory }: SystemFacts): Row[] {
  const { totalBytes, freeBytes, limitBytes, heapLimitBytes } = memory;
  const limit =
    limitBytes === undefined ? '' : `, of which this container may use ${formatBytes(limitBytes)}`;
  const usable = usableCores === cores ? '' : `, of which this process may use ${usableCores}`;
  return [
    ['imdb-rnn', versions['imdb-rnn']],
    ['TensorFlow.js', versions['tensorflow.js']],
    ['V8', `${versions.v8}, at most ${formatBytes(heapLimitBytes)} for its objects`],
    ...(nodeOptions.length > 0 ? [['Node options', nodeOptions.join(' ')] as const] : []),
    ['processor', `${processor}, ${countOf(cores, 'core')}${usable}`],
    ['memory', `${formatBytes(totalBytes)}, ${formatBytes(freeBytes)} free${limit}`],
  ];
}

function dataRows(data: Diagnosis['data']): Row[] {
  const { splits, cache } = data;
  const names = [...new Set(splits.map(({ dataset }) => dataset))];
  return [
    ['data', describeFolder(data)],
    ...names.map((name): Row => [name, describeSplits(splits.filter(({ dataset }) => dataset === name))]),
    [
      'cache',
      `${countOf(cache.files, 'file')}, ${formatBytes(cache.bytes)} of ${formatBytes(cache.limit.bytes)}`,
    ],
  ];
}

function describeFolder({ path, exists, freeBytes, problem }: FolderFacts): string {
  const free = freeBytes === undefined ? '' : `, ${formatBytes(freeBytes)} free`;
  const state = problem ?? (exists ? 'can be written' : 'not there yet, can be made');
  return `${path}: ${state}${free}`;
}

function describeSplits(splits: readonly ExaminedSplit[]): string {
  if (splits.every(({ state }) => state === 'missing')) {
    return `not there; to get it: imdb-rnn download --dataset ${splits[0].dataset}`;
  }
  return splits
    .map(({ split, state, examples = 0, problem }) =>
      state === 'whole'
        ? `${split} whole, ${formatCount(examples)} examples`
        : `${split} ${state}: ${problem}`,
    )
    .join('; ');
}

function runsRows(models: Diagnosis['models'], now: number): Row[] {
  const { count, bytes, newest, statuses, damaged } = models;
  const kinds = Object.entries(statuses).map(([status, runs]) => `${formatCount(runs)} ${status}`);
  const total = count === 0 ? '0' : `${formatCount(count)} (${kinds.join(', ')}), ${formatBytes(bytes)}`;
  const age = newest && formatAge((now - newest.created) / 1000);
  return [
    ['models', describeFolder(models)],
    ['runs', total],
    ...(newest ? [['newest', `${newest.run.name} (${age})`] as const] : []),
    ...damaged.map(({ run, problem }): Row => ['damaged', `${run}: ${problem}`]),
  ];
}

function speedRows({
  threads,
  vectorBits,
  gflops,
  examplesPerSecond,
  reference,
  ratio,
  reasons,
}: JudgedSpeed): Row[] {
  const here = `${countOf(threads, 'thread')}, ${vectorBits}-bit registers`;
  const other = `${reference.machine} with Node ${reference.node} and ${vectorBits}-bit registers: ${formatCount(reference.examplesPerSecond)} examples/s`;
  return [
    ['speed', `gru2-lecture learns from ${formatCount(examplesPerSecond)} examples/s (${here})`],
    ['', `${formatPercent(ratio, { digits: 0 })} of what was measured on ${other}`],
    [
      '',
      `matrix products: ${formatCount(gflops)} GFLOP/s; one core of that machine: ${referenceGflops[vectorBits]}`,
    ],
    ...reasons.map((reason, place): Row => [place === 0 ? 'slow' : '', reason]),
  ];
}
