import { UserError } from '../../errors/user-error.js';
import { formatCount } from '../../formats/numbers.js';

/** Where something stands, and what it is: `reviews.csv:17: has no label.` */
export interface Problem {
  readonly file: string;
  readonly line: number;
  readonly message: string;
  readonly hint?: string;
}

/** What is wrong with data of one kind: how often, and the first of it. */
export interface ProblemGroup {
  readonly title: string;
  readonly count: number;
  readonly first: readonly Problem[];
}

/** How many problems of a kind are told one by one. */
const toldOneByOne = 3;

/** Collects what is wrong with data, by kinds. */
export interface ProblemLog {
  /** @throws UserError at once, when strict */
  add(title: string, problem: Problem): void;
  groups(): readonly ProblemGroup[];
}

export function createProblemLog({ strict }: { readonly strict: boolean }): ProblemLog {
  const groups = new Map<string, { count: number; first: Problem[] }>();
  return {
    add(title, problem) {
      if (strict) throw strictError(problem);
      const group = groups.get(title) ?? { count: 0, first: [] };
      groups.set(title, group);
      group.count += 1;
      if (group.first.length < toldOneByOne) group.first.push(problem);
    },
    groups: () => [...groups].map(([title, group]) => ({ title, ...group })),
  };
}

/** What a strict reading throws at a problem. */
export function strictError({ file, line, message, hint }: Problem): UserError {
  return new UserError(`${file}:${line}: ${message}`, hint ?? 'Mend the row, or read without --strict.');
}

/** Groups as lines: a title with its count, the first problems, how many more there are, and the first hint. */
export function describeProblems(groups: readonly ProblemGroup[]): string[] {
  return groups.flatMap(({ title, count, first }) => {
    const hint = first.find((problem) => problem.hint !== undefined)?.hint;
    return [
      `${title}: ${formatCount(count)}`,
      ...first.map(({ file, line, message }) => `  ${file}:${line}: ${message}`),
      ...(count > first.length ? [`  and ${formatCount(count - first.length)} more`] : []),
      ...(hint === undefined ? [] : [`  ${hint}`]),
    ];
  });
}
