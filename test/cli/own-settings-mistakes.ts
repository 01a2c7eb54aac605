import { csv, good, type Mistake, train } from './own-data-mistakes.js';

/** Settings that do not go with the files, and files that are not good enough when strict. */
export const settingMistakes: readonly Mistake[] = [
  {
    title: 'a missing label, when strict',
    says: ['error: a.csv:4: has no label.', 'hint: Mend the row, or read without --strict.'],
    files: { 'a.csv': csv('a,yes', 'b,no', 'c,') },
    args: train('a.csv', '--strict'),
  },
  {
    title: 'a damaged row, when strict',
    says: ['error: a.csv:3: has 1 field where the header has 2.', 'hint: Is "," the delimiter of this file?'],
    files: { 'a.csv': csv('a,yes', 'b', 'c,no') },
    args: train('a.csv', '--strict'),
  },
  {
    title: 'bytes that are not UTF-8, when strict',
    says: [
      'error: a.csv:2: holds bytes that are not UTF-8 (the first is 0xe9), read as U+FFFD.',
      'hint: Give the encoding, which is often windows-1252, or save the file as UTF-8.',
    ],
    files: { 'a.csv': Buffer.from(csv('caf\u00e9,yes', 'b,no'), 'latin1') },
    args: train('a.csv', '--strict'),
  },
  {
    title: 'a test text that is in training, when strict',
    says: [
      'error: t.csv:2: the same text is among the training rows (a.csv:3).',
      'hint: Mend the row, or read without --strict.',
    ],
    files: { 'a.csv': good, 't.csv': csv('so bad,no') },
    args: train('a.csv', '--test-data', 't.csv', '--strict'),
  },
  {
    title: 'a column of weights that holds words',
    says: [
      'error: No row of the training files can be learnt from. The first problem: a.csv:2: has "much" in column "w", where a number is expected.',
      'hint: Look at the files, or name other columns with --text-column and --label-column.',
    ],
    files: { 'a.csv': 'text,label,w\na,yes,much\nb,no,little\n' },
    args: train('a.csv', '--set', 'dataset.weight=w'),
  },
  {
    title: 'a column of groups that is not there',
    says: ['error: a.csv has no column "author" (dataset.groupBy).', 'hint: Its columns: "text", "label".'],
    files: { 'a.csv': good },
    args: train('a.csv', '--set', 'dataset.groupBy=author'),
  },
  {
    title: 'shares that leave nothing',
    says: [
      'error: dataset.split holds out 1.1 of the rows, which leaves nothing to train on.',
      'hint: The shares of validation and test together are below 1.',
    ],
    files: { 'a.csv': good },
    args: train('a.csv', '--set', 'dataset.split.test=0.6', '--set', 'dataset.split.validation=0.5'),
  },
  {
    title: 'text and columns at once',
    says: [
      'error: dataset.text and dataset.columns are both given.',
      'hint: dataset.text is one column, dataset.columns are several: leave one of them out.',
    ],
    files: { 'a.csv': good },
    args: train('a.csv', '--set', 'dataset.text=text', '--set', 'dataset.columns.a=text'),
  },
  {
    title: 'a setting that is misspelt',
    says: [
      'error: --set dataset.lable=label: dataset.lable is not a known key. Known keys of name files: name, path, train, validation, test, unsupervised, format, delimiter, encoding, header, quote, text, columns, label, labels, labelSeparator, weight, features, groupBy, split, duplicates, ignoreUnknownLabels, strict.',
      'hint: `imdb-rnn config print gru2` shows a whole config, `imdb-rnn config schema` every key.',
    ],
    files: { 'a.csv': good },
    args: train('a.csv', '--set', 'dataset.lable=label'),
  },
  {
    title: 'a delimiter of two characters',
    says: [
      'error: --set dataset.delimiter=";;": dataset.delimiter is ";;". Expected one character.',
      'hint: `imdb-rnn config print gru2` shows a whole config, `imdb-rnn config schema` every key.',
    ],
    files: { 'a.csv': good },
    args: train('a.csv', '--set', 'dataset.delimiter=";;"'),
  },
  {
    title: 'an encoding that is not known',
    says: [
      'error: --set dataset.encoding=utf8: dataset.encoding is "utf8". Use one of: utf-8, utf-16le, utf-16be, windows-1252. Did you mean utf-8?',
      'hint: `imdb-rnn config print gru2` shows a whole config, `imdb-rnn config schema` every key.',
    ],
    files: { 'a.csv': good },
    args: train('a.csv', '--set', 'dataset.encoding=utf8'),
  },
  {
    title: 'the data set files without a file',
    says: [
      'error: The data set "files" names no file: dataset.train is missing.',
      'hint: Give a file, such as with --data reviews.csv.',
    ],
    files: {},
    args: ['train', '--config', 'nb-ngrams', '--set', 'dataset.name=files'],
  },
  {
    title: 'a folder of splits without training',
    says: [
      'error: d holds neither a folder nor a file called train.',
      'hint: Give the examples to train on as dataset.train: a file, a pattern, or a folder with a folder for each label.',
    ],
    files: { 'd/test.csv': good },
    args: ['train', '--config', 'nb-ngrams', '--set', 'dataset={name: files, path: d}'],
  },
];
