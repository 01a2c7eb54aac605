/** Files by name, and the arguments of a command that cannot work with them. */
export interface Mistake {
  readonly title: string;
  readonly files: Readonly<Record<string, string | Uint8Array>>;
  readonly args: readonly string[];
  /** Lines of the error and its hint. */
  readonly says: readonly string[];
}

export const csv = (...rows: string[]) => `text,label\n${rows.join('\n')}\n`;
export const good = csv('so good,yes', 'so bad,no', 'very good,yes', 'very bad,no');
export const train = (...args: string[]) => ['train', '--data', ...args];

/** Files that cannot be trained on. */
export const fileMistakes: readonly Mistake[] = [
  {
    title: 'a file that is not there',
    says: ['error: review.csv is not there.', 'hint: Did you mean "reviews.csv"?'],
    files: { 'reviews.csv': good },
    args: train('review.csv'),
  },
  {
    title: 'a pattern that matches nothing',
    says: ['error: No file matches *.tsv.', 'hint: Did you mean "a.csv"?'],
    files: { 'a.csv': good },
    args: train('*.tsv'),
  },
  {
    title: 'an empty file',
    says: ['error: a.csv is empty.', 'hint: Is it the right file?'],
    files: { 'a.csv': '' },
    args: train('a.csv'),
  },
  {
    title: 'a header and no rows',
    says: ['error: a.csv holds a header and no rows.', 'hint: Is it the right file?'],
    files: { 'a.csv': 'text,label\n' },
    args: train('a.csv'),
  },
  {
    title: 'blank lines only',
    says: ['error: a.csv holds a header and no rows.', 'hint: Is it the right file?'],
    files: { 'a.csv': '\n\n\n' },
    args: train('a.csv'),
  },
  {
    title: 'no column of labels',
    says: [
      'error: a.csv has no column that looks like labels. Its columns: "text", "when".',
      'hint: Name it: --label-column, or dataset.label in a config.',
    ],
    files: { 'a.csv': 'text,when\na b,1\nc d,2\ne f,3\n' },
    args: train('a.csv'),
  },
  {
    title: 'no column of texts',
    says: [
      'error: a.csv has no column that looks like texts. Its columns: "a", "label".',
      'hint: Name it: --text-column, or dataset.text in a config.',
    ],
    files: { 'a.csv': 'a,label\n1,x\n2,y\n' },
    args: train('a.csv'),
  },
  {
    title: 'several columns that may be labels',
    says: [
      'error: a.csv has several columns that may be the labels: "p", "q".',
      'hint: Name it: --label-column, or dataset.label in a config.',
    ],
    files: {
      'a.csv': `opinion,p,q\n${Array.from({ length: 8 }, (_, row) => `it is ${row},${row % 2},${row % 3}`).join('\n')}`,
    },
    args: train('a.csv'),
  },
  {
    title: 'a text column that is not there',
    says: [
      'error: a.csv has no column "texts" (dataset.text).',
      'hint: Did you mean "text"? Its columns: "text", "label".',
    ],
    files: { 'a.csv': good },
    args: train('a.csv', '--text-column', 'texts'),
  },
  {
    title: 'a label column that is not there',
    says: ['error: a.csv has no column "stars" (dataset.label).', 'hint: Its columns: "text", "label".'],
    files: { 'a.csv': good },
    args: train('a.csv', '--label-column', 'stars'),
  },
  {
    title: 'one label only',
    says: [
      'error: All 3 training rows have the label "yes" (column "label"); two labels are needed to tell apart.',
      'hint: Give examples of another label, or name another column with --label-column.',
    ],
    files: { 'a.csv': csv('a,yes', 'b,yes', 'c,yes') },
    args: train('a.csv'),
  },
  {
    title: 'rows without labels',
    says: [
      'error: No row of the training files can be learnt from. The first problem: a.csv:2: has no label.',
      'hint: Look at the files, or name other columns with --text-column and --label-column.',
    ],
    files: { 'a.csv': csv('a,', 'b,') },
    args: train('a.csv'),
  },
  {
    title: 'all rows broken',
    says: [
      'error: a.csv has no row that can be read. The first problem: a.csv:2: has 1 field where the header has 2.',
    ],
    files: { 'a.csv': csv('a', 'b', 'c,d,e') },
    args: train('a.csv'),
  },
  {
    title: 'a label that training lacks',
    says: [
      'error: t.csv:3: the label "maybe" (2 rows) is not among those of training.',
      'hint: Training has "no", "yes". To leave such rows out: --ignore-unknown-labels, or dataset.ignoreUnknownLabels: true.',
    ],
    files: { 'a.csv': good, 't.csv': csv('fine,yes', 'so so,maybe', 'hm,maybe') },
    args: train('a.csv', '--test-data', 't.csv'),
  },
  {
    title: 'a label that is written otherwise in the test file',
    says: [
      'error: t.csv:2: the label "Yes" (1 row) is not among those of training.',
      'hint: Did you mean "yes"? Training has "no", "yes". To leave such rows out: --ignore-unknown-labels, or dataset.ignoreUnknownLabels: true.',
    ],
    files: { 'a.csv': good, 't.csv': csv('fine,Yes') },
    args: train('a.csv', '--test-data', 't.csv'),
  },
  {
    title: 'a second file with other columns',
    says: ['error: b.csv has no column "text" (dataset.text).', 'hint: Its columns: "review", "label".'],
    files: { 'a.csv': good, 'b.csv': 'review,label\nso good,yes\n' },
    args: train('a.csv', 'b.csv'),
  },
  {
    title: 'a test file with other columns',
    says: [
      'error: t.csv has no column "label" (dataset.label).',
      'hint: Did you mean "labels"? Its columns: "text", "labels".',
    ],
    files: { 'a.csv': good, 't.csv': 'text,labels\nfine,yes\n' },
    args: train('a.csv', '--test-data', 't.csv'),
  },
  {
    title: 'one file for training and test',
    says: [
      'error: a.csv is given for train and for test.',
      'hint: Examples that measure must not be those that are learnt: give two files, or leave one out.',
    ],
    files: { 'a.csv': good },
    args: train('a.csv', '--test-data', './a.csv'),
  },
  {
    title: 'a file without a header',
    says: [
      'error: a.csv:1: the first line does not look like the names of columns: "I liked it very much indeed".',
      'hint: If it is an example: --set dataset.header=false; otherwise name the columns with --text-column and --label-column.',
    ],
    files: { 'a.csv': 'I liked it very much indeed,yes\nbad,no\n' },
    args: train('a.csv'),
  },
  {
    title: 'two columns of one name',
    says: [
      'error: a.csv:1: columns 1 and 2 are both called "text".',
      'hint: Rename one of them. If the first line is no header, say so (header: false).',
    ],
    files: { 'a.csv': 'text,text,label\na,b,c\n' },
    args: train('a.csv'),
  },
  {
    title: 'a picture',
    says: [
      'error: a.csv is a PNG picture, no data file.',
      'hint: Save its content as CSV, JSONL or plain text.',
    ],
    files: { 'a.csv': Buffer.from('\x89PNG\r\n\x1a\n', 'latin1') },
    args: train('a.csv'),
  },
  {
    title: 'a spreadsheet',
    says: [
      'error: a.xlsx is a ZIP archive (an .xlsx, .docx or .zip?), no data file.',
      'hint: Save a table as CSV, or unpack the archive.',
    ],
    files: { 'a.xlsx': Buffer.from('PK\x03\x04\0\0', 'latin1') },
    args: train('a.xlsx'),
  },
  {
    title: 'texts alone',
    says: [
      'error: a.txt has no column that looks like labels. Its columns: "text".',
      'hint: A .txt file holds texts alone: use CSV, JSONL or a folder for each label.',
    ],
    files: { 'a.txt': 'one text\nanother text\n' },
    args: train('a.txt'),
  },
  {
    title: 'a JSON object',
    says: [
      "error: a.json has no row that can be read. The first problem: a.json:1: is not JSON: Expected property name or '}' in JSON at position 1.",
    ],
    files: { 'a.json': '{\n"text": "a"}' },
    args: train('a.json'),
  },
  {
    title: 'a JSON array that is cut off',
    says: [
      'error: a.json is cut off: its JSON array is not closed after record 0.',
      'hint: Copy or download the file again, or close the array with "]".',
    ],
    files: { 'a.json': '[{"text": "a", "label": 1}' },
    args: train('a.json'),
  },
  {
    title: 'JSON lines that are no JSON',
    says: [
      'error: a.jsonl has no row that can be read. The first problem: a.jsonl:1: is not JSON: Unexpected token \'e\', "text: a" is not valid JSON.',
    ],
    files: { 'a.jsonl': 'text: a\ntext: b\n' },
    args: train('a.jsonl'),
  },
  {
    title: 'an ending that tells nothing',
    says: [
      'error: data.bin: neither its name nor its first lines tell its format.',
      'hint: Say which it is: csv, tsv, jsonl, json, parquet, fasttext, txt, pairs, folders. A file with one text on each line is "txt".',
    ],
    files: { 'data.bin': 'some words\nwithout form\n' },
    args: train('data.bin'),
  },
  {
    title: 'a folder without texts',
    says: [
      'error: d has no folders with .txt files, one for each class.',
      'hint: Name a file inside of it, or another folder.',
    ],
    files: { 'd/readme.md': 'x' },
    args: train('d'),
  },
  {
    title: 'a folder of splits',
    says: [
      'error: The only training row has the label "yes" (column "label"); two labels are needed to tell apart.',
      'hint: Give examples of another label, or name another column with --label-column.',
    ],
    files: { 'd/train/yes/1.txt': 'a', 'd/test/yes/1.txt': 'b' },
    args: train('d'),
  },
  {
    title: 'objects for labels',
    says: [
      'error: No row of the training files can be learnt from. The first problem: a.jsonl:1: has an object as its label.',
      'hint: Look at the files, or name other columns with --text-column and --label-column.',
    ],
    files: { 'a.jsonl': '{"text":"a","label":{"x":1}}\n{"text":"b","label":{"x":2}}\n' },
    args: train('a.jsonl'),
  },
  {
    title: 'several labels for a task of one',
    says: [
      'error: task is classification, one label for each text, but the examples have lists of labels.',
      'hint: Set task to multiLabel, or leave it out.',
    ],
    files: { 'a.jsonl': '{"text":"a","label":["x","y"]}\n{"text":"b","label":["x"]}\n' },
    args: train('a.jsonl', '--set', 'task=classification'),
  },
];
