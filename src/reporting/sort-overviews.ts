import type { OverviewOrder } from './overview-orders.js';
import { mainFigure, type RunOverview } from './run-overview.js';

/** What comes first has the highest number; runs without one come last. */
const numbers: Readonly<
  Record<Exclude<OverviewOrder, 'name'>, (run: RunOverview) => number | null | undefined>
> = {
  age: ({ created }) => created,
  size: ({ bytes }) => bytes,
  validation: ({ task, validation }) => task && validation?.[mainFigure(task).name],
  test: ({ test }) => test?.figures[0]?.value,
};

/** The newest, largest or best first, or by name; those that are alike stay in the order given. */
export function sortOverviews(overviews: readonly RunOverview[], order: OverviewOrder): RunOverview[] {
  if (order === 'name') {
    return [...overviews].sort((one, other) =>
      one.run.name.localeCompare(other.run.name, 'en', { numeric: true }),
    );
  }
  const numberOf = (run: RunOverview) => numbers[order](run) ?? Number.NEGATIVE_INFINITY;
  return [...overviews].sort((one, other) => {
    const [first, second] = [numberOf(one), numberOf(other)];
    return first === second ? 0 : second - first;
  });
}
