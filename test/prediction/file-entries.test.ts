import { describe, expect, it } from 'vitest';
import { nameAnswerColumns } from '../../src/prediction/answer-columns.js';
import { fileEntries } from '../../src/prediction/file-entries.js';
import type { RowProblem } from '../../src/rows/row.js';

const row = (line: number) => ({ file: 'x', line, values: {} });
const problem = (line: number, kept = false): RowProblem => ({ file: 'x', line, message: 'm', kept });

async function entriesOf(portions: readonly (readonly [lines: number[], problems: RowProblem[]])[]) {
  let reported: RowProblem[] = [];
  async function* read() {
    for (const [lines, problems] of portions) {
      reported.push(...problems);
      if (lines.length > 0) yield lines.map(row);
    }
  }
  const entries: string[] = [];
  const take = () => {
    const taken = reported;
    reported = [];
    return taken;
  };
  for await (const part of fileEntries(read(), take)) {
    entries.push(
      ...part.map((entry) => `${entry.row?.line ?? '-'}${entry.problem ? ` (${entry.problem})` : ''}`),
    );
  }
  return entries;
}

describe('rows and problems of a file', () => {
  it('stand in the order of their lines, at the ends of portions too', async () => {
    const entries = await entriesOf([
      [
        [2, 5],
        [problem(3), problem(7)],
      ],
      [[8], [problem(9)]],
      [[], [problem(11)]],
    ]);
    expect(entries).toEqual([
      '2',
      '- (line 3: m)',
      '5',
      '- (line 7: m)',
      '8',
      '- (line 9: m)',
      '- (line 11: m)',
    ]);
  });

  it('are one where the row is read all the same, and what is wrong with a header is no row', async () => {
    expect(
      await entriesOf([
        [
          [2, 5],
          [problem(1, true), problem(6, true), problem(3, true)],
        ],
      ]),
    ).toEqual(['2 (line 3: m)', '5']);
  });
});

describe('columns of answers', () => {
  it('get a number where their name is taken', () => {
    const names = nameAnswerColumns(['label', 'label_2', 'note'], {
      ...{ labels: ['a'], several: false, foreignness: false, top: false },
    });
    expect(names).toEqual({
      ...{ label: 'label_3', probability: 'probability', ofLabels: ['probability:a'], note: 'note_2' },
      renamed: [
        ['label', 'label_3'],
        ['note', 'note_2'],
      ],
    });
  });
});
