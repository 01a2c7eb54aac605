import { countOf, formatCount, formatPercent } from '../formats/numbers.js';
import type { Found, Inspection } from '../inspection/inspection.js';
import type { LengthSummary } from '../inspection/length-counts.js';
import type { Place } from '../inspection/seen-texts.js';
import type { TextMark } from '../inspection/text-marks.js';
import { bar } from '../terminal/bar.js';
import { columnsOf } from '../terminal/display-width.js';
import { formatTable, type TableOptions } from '../terminal/table.js';

const labelsShown = 15;
const labelsWithWordsShown = 8;
const columnsShown = 40;

const markTitles: Readonly<Record<TextMark, string>> = {
  mojibake: 'wrong encoding (Ã©)',
  replacementCharacters: 'lost letters (U+FFFD)',
  htmlTags: 'HTML tags',
  htmlEntities: 'HTML entities',
  urls: 'URLs',
  emoji: 'emoji',
  digits: 'digits',
};

/** An inspection as tables for people, 80 columns wide where the terminal does not say otherwise. */
export function formatInspection(inspection: Inspection, { title }: { readonly title: string }): string {
  const { labels } = inspection;
  return [
    `${title}; ${countOf(inspection.rows, 'row')}, ${countOf(inspection.columns.length, 'column')}`,
    formatColumns(inspection),
    ...(labels ? [formatLabels(labels, inspection.rows)] : []),
    formatLengths(inspection.lengths),
    formatHistogram(inspection.lengths.words),
    formatFindings(inspection),
    formatWriting(inspection),
    ...formatTellingWords(inspection),
  ].join('\n\n');
}

function table(rows: readonly (readonly (string | number)[])[], options: TableOptions): string {
  const columns = columnsOf(process.stdout);
  return formatTable(rows, { ...options, width: Number.isFinite(columns) ? columns : 80 });
}

function formatColumns({ columns, rows, textColumn, labelColumn }: Inspection): string {
  const shown = columns
    .slice(0, columnsShown)
    .map(({ name, filled, kinds, distinct, hasMore, ...column }) => {
      const { isNearConstant, mostCommon } = column;
      const role = name === textColumn ? 'text' : name === labelColumn ? 'label' : '';
      const isRepeated = mostCommon !== null && mostCommon.rows > 1;
      const said = isRepeated ? `${mostCommon.value} (${formatPercent(mostCommon.rows / rows)})` : '';
      return [
        name,
        role,
        formatPercent(filled / rows),
        `${formatCount(distinct)}${hasMore ? '+' : ''}`,
        kinds.join(', '),
        isNearConstant ? `hardly changes: ${filled * 2 < rows ? 'empty' : said}` : said,
      ];
    });
  const written = table(shown, {
    header: ['column', 'is', 'filled', 'distinct', 'holds', 'most often'],
    align: ['left', 'left', 'right', 'right', 'left', 'left'],
  });
  return columns.length > columnsShown
    ? `${written}\nand ${countOf(columns.length - columnsShown, 'more column')}`
    : written;
}

function formatLabels(labels: NonNullable<Inspection['labels']>, rows: number): string {
  const { counts, unlabelled, several, hasMore } = labels;
  const most = Math.max(1, counts[0]?.count ?? 0);
  const shown = counts.slice(0, labelsShown).map(({ label, count }) => {
    return [label, formatCount(count), formatPercent(count / rows), bar(count / most, { width: 30 })];
  });
  const rest = counts.slice(labelsShown);
  const few = counts.filter(({ count }) => count < 10).length;
  const notes = [
    ...(rest.length > 0
      ? [
          `and ${countOf(rest.length, 'more label')}${hasMore ? ' or even more' : ''}, ` +
            `${formatCount(rest.at(-1)?.count ?? 0)} to ${formatCount(rest[0].count)} rows each`,
        ]
      : []),
    ...(few > 0 ? [`${countOf(few, 'label')} with fewer than 10 rows`] : []),
    ...(unlabelled > 0 ? [`${countOf(unlabelled, 'row')} without a label`] : []),
    ...(several > 0 ? [`${countOf(several, 'row')} with two or more labels`] : []),
  ];
  const written = table(shown, {
    header: ['label', 'rows', 'share', ''],
    align: ['left', 'right', 'right', 'left'],
  });
  return [written, ...notes].join('\n');
}

function formatLengths(lengths: Inspection['lengths']): string {
  const row = (name: string, { mean, minimum, quantiles, maximum }: LengthSummary) => [
    name,
    mean.toFixed(1),
    ...[minimum, ...(['5', '25', '50', '75', '95', '99'] as const).map((share) => quantiles[share])].map(
      formatCount,
    ),
    formatCount(maximum),
  ];
  return table(
    [row('characters', lengths.characters), row('bytes', lengths.bytes), row('words', lengths.words)],
    { header: ['length in', 'mean', 'least', '5 %', '25 %', '50 %', '75 %', '95 %', '99 %', 'most'] },
  );
}

function formatHistogram({ histogram }: LengthSummary): string {
  const most = Math.max(1, ...histogram.map(({ texts }) => texts));
  const rows = histogram.map(({ from, to, texts }) => {
    return [from === to ? `${from}` : `${from}-${to}`, formatCount(texts), bar(texts / most, { width: 40 })];
  });
  return table(rows, { header: ['words', 'texts', ''], align: ['right', 'right', 'left'] });
}

function formatFindings(inspection: Inspection): string {
  const { rows, empty, duplicates, contradictions, marks, allCompared } = inspection;
  const line = (title: string, found: Found, places: readonly string[]) => [
    title,
    formatCount(found.rows),
    formatPercent(found.rows / rows),
    places.slice(0, 3).join(', '),
  ];
  const repeated = ({ places }: { places: Inspection['duplicates']['places'] }) =>
    places.map((place) => `${placeName(place)} (as ${placeName(place.first)})`);
  const written = table(
    [
      line('empty texts', empty, empty.places.map(placeName)),
      line('repeated texts', duplicates, repeated(duplicates)),
      line(
        'contradictory labels',
        { ...contradictions, rows: contradictions.texts },
        repeated(contradictions),
      ),
      ...Object.entries(marks).map(([mark, found]) => {
        return line(markTitles[mark as TextMark], found, found.places.map(placeName));
      }),
    ],
    { header: ['found', 'rows', 'share', 'first on lines'], align: ['left', 'right', 'right', 'left'] },
  );
  return allCompared ? written : `${written}\nonly the first 2,000,000 different texts were compared`;

  /** The line alone where there is one file. */
  function placeName({ file, line }: Place): string {
    return inspection.files === 1 ? `${line}` : `${file}:${line}`;
  }
}

function formatWriting({ writing }: Inspection): string {
  const { scripts, language, toldBy } = writing;
  if (scripts.length === 0) return 'written in: no letters';
  const named = scripts
    .slice(0, 4)
    .map(({ script, share }) => `${script} ${share < 0.001 ? '< 0.1 %' : formatPercent(share)}`);
  const guess = language
    ? `; ${language}, a guess by ${toldBy === 'script' ? 'the script' : 'frequent words'}`
    : '';
  return `written in: ${named.join(', ')}${guess}`;
}

function formatTellingWords({ tellingWords }: Inspection): string[] {
  const shown = tellingWords.filter(({ words }) => words.length > 0).slice(0, labelsWithWordsShown);
  if (shown.length === 0) return [];
  const rows = shown.map(({ label, words }) => [
    label,
    words
      .slice(0, 6)
      .map(({ word, z }) => `${word} ${z.toFixed(1)}`)
      .join(', '),
  ]);
  return [
    table(rows, { header: ['label', 'most telling words (z of the log-odds)'], align: ['left', 'left'] }),
  ];
}
