import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
// @ts-expect-error: plain JavaScript without declarations
import { writeExamples } from '../../../scripts/bench/million/write-examples.mjs';
import { openRowFile } from '../../../src/rows/open-row-file.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'examples-'));
});
afterEach(() => rm(folder, { recursive: true }));

describe('examples that are made up for the benchmark', () => {
  it('are rows of about a kilobyte that the program reads, as many as asked for, of each label', async () => {
    const path = join(folder, 'rows.csv');
    const { bytes, textBytes } = await writeExamples(path, { rows: 400, labels: 4 });
    expect((await readFile(path)).length).toBe(bytes);
    const labels = new Map<string, number>();
    let length = 0;
    for await (const portion of (await openRowFile(path)).portions()) {
      for (const { values } of portion) {
        labels.set(String(values.label), (labels.get(String(values.label)) ?? 0) + 1);
        length += String(values.text).length;
      }
    }
    expect([...labels.keys()].sort()).toEqual(['label 0', 'label 1', 'label 2', 'label 3']);
    expect([...labels.values()].reduce((sum, count) => sum + count)).toBe(400);
    expect(Math.min(...labels.values())).toBeGreaterThan(60);
    // Quotes are doubled in the file.
    expect(length).toBeLessThan(textBytes);
    expect(length / 400).toBeGreaterThan(900);
    expect(length / 400).toBeLessThan(1_100);
  });

  it('are the same each time', async () => {
    const paths = ['one.csv', 'other.csv'].map((name) => join(folder, name));
    for (const path of paths) await writeExamples(path, { rows: 20, labels: 2 });
    const [one, other] = await Promise.all(paths.map((path) => readFile(path, 'utf8')));
    expect(one).toBe(other);
  });
});
