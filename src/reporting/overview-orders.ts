// Apart from sort-overviews.ts, which would load TensorFlow.js for a mere --help.

/** What runs can be sorted by. */
export const overviewOrders = ['age', 'name', 'size', 'validation', 'test'] as const;
export type OverviewOrder = (typeof overviewOrders)[number];
