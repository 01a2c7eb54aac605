import { describe, expect, it } from 'vitest';
// @ts-expect-error: plain JavaScript without declarations
import { readCommandLine, UsageError } from '../../../scripts/bench/command-line.mjs';

describe("the benchmark's command line", () => {
  it('has a default for everything', () => {
    expect(readCommandLine([])).toMatchObject({
      config: 'gru2',
      dataDir: 'data',
      pythons: [],
      steps: 100,
      warmup: 100,
      rounds: 3,
      only: undefined,
    });
  });

  it('takes several Pythons and a list of contenders', () => {
    const options = readCommandLine(['--python', 'a', '--python', 'b', '--only', 'relaxed,keras']);
    expect(options).toMatchObject({ pythons: ['a', 'b'], only: ['relaxed', 'keras'] });
  });

  it.each([
    [['--steps', '0'], '--steps is "0"'],
    [['--rounds', '1.5'], '--rounds is "1.5"'],
    [['--threads', ''], '--threads is ""'],
    [['--only', 'relaxed,kears'], 'there is no "kears"'],
    [['--setps', '5'], '--setps'],
  ])('refuses %j and says what was wrong', (parameters, message) => {
    expect(() => readCommandLine(parameters)).toThrow(UsageError);
    expect(() => readCommandLine(parameters)).toThrow(message);
  });
});
