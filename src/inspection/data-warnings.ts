import { describeJoinedLabels, guessLabelSeparator } from '../datasets/files/guess-label-separator.js';
import { countOf, formatCount } from '../formats/numbers.js';
import type { Inspection } from './inspection.js';

/** Texts of a label that are enough to learn and to measure at least something. */
const fewestTexts = 10;
/** The most frequent label has this many times the texts of the least frequent one. */
const imbalance = 3;

/** Whether one label has many times the texts of another. */
export function isImbalanced({ labels }: Pick<Inspection, 'labels'>): boolean {
  const counts = labels?.counts ?? [];
  return counts.length > 1 && counts[0].count >= imbalance * (counts.at(-1)?.count ?? 0);
}

/** What in data will hurt a model, each in a sentence without its end. */
export function dataWarnings(inspection: Inspection): string[] {
  const { labels, contradictions, duplicates, empty, marks, rows } = inspection;
  const all = labels?.counts ?? [];
  const names = all.map(({ label }) => label);
  const separator = labels?.several ? undefined : guessLabelSeparator(names);
  // Of labels that are several in one, neither numbers nor rareness say anything.
  const counts = separator === undefined ? all : [];
  const rare = counts.filter(({ count }) => count < fewestTexts);
  const [most, least] = [counts[0], counts.at(-1)];
  const named = rare.slice(-5).map(({ label, count }) => `${JSON.stringify(label)} (${count})`);
  return [
    ...(separator === undefined
      ? []
      : [
          `${describeJoinedLabels(names, separator)}: dataset.labelSeparator: ${JSON.stringify(separator)} makes them that`,
        ]),
    ...(isImbalanced(inspection) && most && least
      ? [
          `${JSON.stringify(most.label)} has ${formatCount(Math.floor(most.count / least.count))} times the texts of ` +
            `${JSON.stringify(least.label)}: accuracy flatters, look at balanced accuracy and F1`,
        ]
      : []),
    ...(rare.length > 0
      ? [
          `${countOf(rare.length, 'label')} with fewer than ${fewestTexts} texts, too few to learn: ${named.join(', ')}`,
        ]
      : []),
    ...(contradictions.texts > 0
      ? [`${countOf(contradictions.texts, 'text')} with one label here and another there`]
      : []),
    ...(duplicates.rows > 0
      ? [
          `${countOf(duplicates.rows, 'row')} with a text that came before: dataset.duplicates: drop leaves them out`,
        ]
      : []),
    ...(empty.rows > 0 ? [`${countOf(empty.rows, 'row')} without a text, left out`] : []),
    ...(labels && labels.unlabelled > 0
      ? [`${countOf(labels.unlabelled, 'row')} without a label, left out`]
      : []),
    ...(marks.mojibake.rows > 0
      ? [`${countOf(marks.mojibake.rows, 'text')} of letters that were read in a wrong encoding (such as Ã©)`]
      : []),
    ...(marks.replacementCharacters.rows > rows / 100
      ? [
          `${countOf(marks.replacementCharacters.rows, 'text')} with lost letters (U+FFFD): is dataset.encoding right?`,
        ]
      : []),
  ];
}
