// The README's table: packaged configs as they were measured, beside other programs.
import { accuracyText, figuresOf, timeText, trainingTimeText } from './figures.mjs';

/** @typedef {import('./results.mjs').Result} Result */
/** @typedef {{ group: string, name: string, accuracy: string, parameters?: string, time?: string, source: string }} Rival */
/** @typedef {{ name: string, description: string, results: readonly Result[] }} MeasuredConfig */

export const marks = {
  begin: '<!-- measured: begin (scripts/readme-table.mjs writes what is between these two lines) -->',
  end: '<!-- measured: end -->',
};

/** In the order of the README. */
const groups = [
  { key: 'short', title: 'The first 300 bytes or characters of each review' },
  { key: 'full', title: 'Full reviews' },
  { key: 'keras-imdb', title: "Keras' own data set, the reviews as word ids" },
];

/**
 * Which configs can be compared with each other.
 *
 * @param {any} filled a filled config
 * @returns {string} key of a group
 */
export function groupOf({ dataset, text }) {
  if (dataset.name === 'keras-imdb') return 'keras-imdb';
  return text.lengthUnit !== 'tokens' && text.maxLength <= 300 ? 'short' : 'full';
}

/**
 * @param {readonly MeasuredConfig[]} configs those without a result are left out
 * @param {readonly Rival[]} rivals
 * @returns {string} Markdown: one table for each group that has a config, the best first
 */
export function resultsTables(configs, rivals) {
  const measured = configs.filter(({ results }) => results.length > 0);
  return groups
    .flatMap(({ key, title }) => {
      const ours = measured.filter(({ results }) => groupOf(results[0].filled) === key);
      if (ours.length === 0) return [];
      const rows = [...ours.map(ourRow), ...rivals.filter(({ group }) => group === key).map(rivalRow)];
      return [tableOf(title, rows)];
    })
    .join('\n\n');
}

/** @typedef {{ accuracy: number, cells: readonly string[] }} Row */

/** @param {MeasuredConfig} config @returns {Row} */
function ourRow({ name, description, results }) {
  const figures = figuresOf(results);
  const time = trainingTimeText(figures);
  const whole = time.endsWith('an epoch') ? `, ${timeText(figures.seconds)} in all` : '';
  const cells = [
    `**\`${name}\`**: ${description.replace(/\.$/, '')}`,
    `**${accuracyText(figures)}**`,
    figures.parameters.toLocaleString('en-US'),
    `${time}${whole}`,
    '',
  ];
  return { accuracy: figures.accuracy, cells };
}

/** @param {Rival} rival @returns {Row} */
function rivalRow({ name, accuracy, parameters = '', time = '', source }) {
  return { accuracy: Number.parseFloat(accuracy) / 100, cells: [name, accuracy, parameters, time, source] };
}

/** @param {string} title @param {readonly Row[]} rows */
function tableOf(title, rows) {
  const sorted = [...rows].sort((one, other) => other.accuracy - one.accuracy);
  const lines = sorted.map(({ cells }) =>
    `| ${cells.map(escapeCell).join(' | ')} |`.replaceAll('|  |', '| |'),
  );
  return [
    `| ${title} | test accuracy | parameters | time | source |`,
    '| --- | --- | --- | --- | --- |',
    // No two spaces where a cell is empty.
    ...lines.map((line) => line.replaceAll(/(?<=\|) {2}(?=\|)/g, ' ')),
  ].join('\n');
}

/** @param {string} cell */
const escapeCell = (cell) => cell.replaceAll('|', '\\|');

/**
 * The README with another table between the two marks.
 *
 * @param {string} readme
 * @param {string} tables
 * @throws {Error} when a mark is missing
 */
export function withTables(readme, tables) {
  const [begin, end] = [readme.indexOf(marks.begin), readme.indexOf(marks.end)];
  if (begin < 0 || end < begin) {
    throw new Error(`the README lacks the lines "${marks.begin}" and "${marks.end}"`);
  }
  return `${readme.slice(0, begin + marks.begin.length)}\n\n${tables}\n\n${readme.slice(end)}`;
}
