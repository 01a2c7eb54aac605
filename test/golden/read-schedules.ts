import { readFileSync } from 'node:fs';

interface Rates {
  readonly base: number;
  /** Of each step. */
  readonly rates: readonly number[];
}

interface Waiting {
  readonly history: readonly number[];
  readonly patience: number;
  readonly minDelta: number;
}

/** Learning rates and callbacks of Keras and PyTorch; `scripts/golden/schedules.py` made them. */
export interface GoldenSchedules {
  readonly steps: number;
  readonly cosine: readonly (Rates & { readonly final: number; readonly warmupSteps: number })[];
  readonly linear: readonly (Rates & { readonly final: number })[];
  readonly exponential: readonly (Rates & { readonly decay: number; readonly epochSteps: number })[];
  readonly oneCycle: readonly (Rates & {
    readonly rise: number;
    readonly startDivisor: number;
    readonly finalDivisor: number;
  })[];
  readonly plateau: {
    readonly base: number;
    readonly factor: number;
    readonly minimum: number;
    /** `rates`: after each validation. */
    readonly cases: readonly (Waiting & { readonly cooldown: number; readonly rates: readonly number[] })[];
  };
  /** `stopsAfter`: validations, or null where the training goes on. */
  readonly earlyStopping: readonly (Waiting & { readonly stopsAfter: number | null })[];
}

export function readSchedules(): GoldenSchedules {
  return JSON.parse(readFileSync(new URL('schedules.json', import.meta.url), 'utf8'));
}
