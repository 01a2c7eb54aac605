import type { Diagnosis } from '../diagnosis/diagnose.js';
import { overviewRecord } from '../reporting/overview-record.js';

/** A diagnosis as plain data, for `--json`; the native installations stand at the top, as they always did. */
export function diagnosisRecord({ machine, system, wasm, data, models, speed }: Diagnosis) {
  const { newest, ...runs } = models;
  return {
    ...machine,
    ...{ system, wasm, data },
    models: { ...runs, newest: newest ? overviewRecord(newest) : null },
    speed: speed ?? null,
  };
}
