import { countOf } from '../formats/numbers.js';
import type { MeasuredSpeed } from './measure-speed.js';
import { type ReferenceSpeed, referenceFor } from './reference-speeds.js';

/** Far below: no two processors of today that have the same registers differ by so much. */
const farBelow = 0.5;

/** A measured speed beside the one that was measured elsewhere. */
export interface JudgedSpeed extends MeasuredSpeed {
  readonly reference: { readonly machine: string; readonly node: number; readonly examplesPerSecond: number };
  /** Of the reference. */
  readonly ratio: number;
  /** Where it is far below: what may be the reason, a sentence each, the likeliest first. */
  readonly reasons: readonly string[];
}

/** What `judgeSpeed` asks of the machine. */
export interface Circumstances {
  /** Processes that want to compute, on average. */
  readonly load: number;
  readonly cores: number;
  readonly usableCores: number;
}

/** Sets a speed beside what two cores of an AMD EPYC do, and names reasons where it is less than half of it. */
export function judgeSpeed(speed: MeasuredSpeed, circumstances: Circumstances): JudgedSpeed {
  const reference = referenceFor(speed);
  const { threads, node, examplesPerSecond } = reference;
  const machine = threads === 1 ? 'one core of an AMD EPYC' : `${threads} cores of an AMD EPYC`;
  const ratio = speed.examplesPerSecond / examplesPerSecond;
  const reasons = ratio < farBelow ? reasonsOf(speed, reference, circumstances) : [];
  return { ...speed, reference: { machine, node, examplesPerSecond }, ratio, reasons };
}

function reasonsOf(
  { threads }: MeasuredSpeed,
  reference: ReferenceSpeed,
  { load, cores, usableCores }: Circumstances,
): string[] {
  const reasons: string[] = [];
  // This measurement itself has just begun to count.
  if (load > usableCores / 2) {
    reasons.push(
      `other programs compute, too: ${load.toFixed(1)} on average in the last minute, on ${countOf(cores, 'core')}`,
    );
  }
  if (usableCores < cores) reasons.push(`this process may use ${usableCores} of ${cores} cores only`);
  if (threads < reference.threads) {
    reasons.push(`${countOf(threads, 'thread')} here, ${reference.threads} there`);
  }
  if (reasons.length > 0) return reasons;
  return [
    'the processor is slower, or a limit on processor time (of a container, or to save power) holds it back',
  ];
}
