import { UserError } from '../errors/user-error.js';
import type { RowFileOptions } from './row.js';

/** Told of what is wrong with one row or line: throws when strict, else the row is left out. */
export type ReportProblem = (
  line: number,
  message: string,
  hint?: string,
  options?: {
    /** What the problem is in is read all the same; default false. */
    readonly kept?: boolean;
  },
) => void;

export interface ProblemReporter {
  readonly reportIn: (file: string) => ReportProblem;
  /** The first problem of the reading, in one line; undefined where all is well so far. */
  readonly first: () => string | undefined;
}

/** Passes problems on, or throws the first: when strict, and where there is nobody to pass them on to. */
export function problemReporter(options: Pick<RowFileOptions, 'onProblem' | 'strict'>): ProblemReporter {
  const { onProblem, strict = false } = options;
  let first: string | undefined;
  return {
    reportIn:
      (file) =>
      (line, message, hint, { kept = false } = {}) => {
        first ??= `${file}:${line}: ${message}`;
        if (strict || !onProblem) throw new UserError(`${file}:${line}: ${message}`, hint);
        onProblem({
          ...{ file, line, message },
          ...(hint === undefined ? {} : { hint }),
          ...(kept && { kept }),
        });
      },
    first: () => first,
  };
}
