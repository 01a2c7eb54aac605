import { describe, expect, it, vi } from 'vitest';
import { columnsOf, cropToWidth } from '../../src/terminal/display-width.js';
import { formatTable } from '../../src/terminal/table.js';
import { FakeStream } from './fake-stream.js';

describe('the columns of an output', () => {
  it('are those of the terminal, and without end in a file', () => {
    expect(columnsOf(new FakeStream(120))).toBe(120);
    expect(columnsOf(new FakeStream())).toBe(Number.POSITIVE_INFINITY);
  });

  it('are 80 on a terminal that reports 0 or nothing', () => {
    expect(columnsOf(new FakeStream(0))).toBe(80);
    const silent = Object.assign(new FakeStream(), { isTTY: true });
    expect(columnsOf(silent)).toBe(80);
  });

  it('leave the text of a table where they are reported as 0', () => {
    const terminal = new FakeStream(0);
    const stdout = vi.spyOn(process, 'stdout', 'get').mockReturnValue(terminal as never);
    vi.stubEnv('NO_COLOR', '1');
    const table = formatTable([['a film of some length', 'x'.repeat(70)]]);
    stdout.mockRestore();
    vi.unstubAllEnvs();
    expect(table).toHaveLength(80);
    expect(table).toMatch(/^a film of some length {2}x+…$/);
  });
});

describe('cropping a text', () => {
  it('counts wide characters as two columns and marks what is left out', () => {
    expect(cropToWidth('映画の感想', 10)).toBe('映画の感想');
    expect(cropToWidth('映画の感想', 9)).toBe('映画の感…');
    expect(cropToWidth('映画の感想', 8)).toBe('映画の…');
    expect(cropToWidth('abc', 0)).toBe('');
  });
});
