import { UserError } from '../errors/user-error.js';
import type { Example, Target, TextSplit } from './split.js';

/**
 * A split whose targets are indices into other labels, of which its own are some.
 *
 * @param labels names by index
 * @throws UserError where the split has a label that is not among them
 */
export function relabelSplit(split: TextSplit, labels: readonly string[]): TextSplit {
  const places = split.labels.map((name) => labels.indexOf(name));
  const missing = split.labels.filter((_, label) => places[label] < 0);
  if (missing.length > 0) {
    throw new UserError(
      `The ${split.name} split of ${split.dataset ?? 'the data'} has the label ${JSON.stringify(missing[0])}, which is not among ${labels.join(', ')}.`,
      'Is it the data that the run was trained on?',
    );
  }
  if (places.every((place, label) => place === label)) return { ...split, labels };
  const renumber = (label: number) => (label < 0 ? label : places[label]);
  const renumbered = (target: Target): Target =>
    typeof target === 'number' ? renumber(target) : target.map(renumber).sort((one, other) => one - other);
  return { ...split, labels, read: () => readMapped(split, renumbered) };
}

async function* readMapped(
  split: TextSplit,
  renumbered: (target: Target) => Target,
): AsyncGenerator<readonly Example[]> {
  for await (const portion of split.read()) {
    yield portion.map((example) => ({ ...example, target: renumbered(example.target) }));
  }
}
