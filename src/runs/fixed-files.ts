/** Names of a run's files that are written once, when the run is made. */
export const fixedFiles = {
  config: 'config.yaml',
  vocabulary: 'vocabulary.txt',
  labels: 'labels.txt',
} as const;
