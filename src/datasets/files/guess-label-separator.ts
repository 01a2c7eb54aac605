/** What people write between several labels in one cell, the surest first. */
const separators = ['|', ';', ','];
/** Fewer joined labels may be names that have the mark in them. */
const fewestJoined = 3;

/**
 * What seems to stand between several labels in one cell: a mark that a fifth of the labels have and that leaves fewer
 * different labels when cells are divided at it; undefined where each cell seems to be one label.
 *
 * @param labels the different labels, each cell being one
 */
export function guessLabelSeparator(labels: readonly string[]): string | undefined {
  return separators.find((separator) => {
    const divided = labels.map((label) => label.split(separator).map((part) => part.trim()));
    const joined = divided.filter((parts) => parts.length > 1 && parts.every((part) => part !== ''));
    const parts = new Set(divided.flat());
    return joined.length >= Math.max(fewestJoined, labels.length / 5) && parts.size < labels.length;
  });
}

/** Says so: `labels such as "a|b" look like several in one cell`. */
export function describeJoinedLabels(labels: readonly string[], separator: string): string {
  const example = JSON.stringify(labels.find((label) => label.includes(separator)));
  return `labels such as ${example} look like several in one cell`;
}
