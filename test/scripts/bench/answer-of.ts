/** What a contender's process would answer; by each way of doing it, the median milliseconds. */
export function answerOf(
  name: string,
  times: { train: Record<string, number>; predict?: Record<string, number> },
  facts: {
    threads?: number;
    peakMemoryMB?: number;
    outsideKernels?: number;
    parameters?: number;
    secondBiases?: number;
    paddingChanges?: Record<string, number>;
    note?: string;
  } = {},
) {
  return {
    name,
    version: '1.0',
    threads: 2,
    peakMemoryMB: 100,
    variants: { train: timesOf(times.train), predict: timesOf(times.predict ?? { one: 1 }) },
    ...facts,
  };
}

function timesOf(medians: Record<string, number>) {
  return Object.fromEntries(
    Object.entries(medians).map(([variant, median]) => {
      return [variant, { median, min: median / 2, p90: median * 2, mean: median * 1.1 }];
    }),
  );
}
