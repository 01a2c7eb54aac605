import { describe, expect, it } from 'vitest';
// @ts-expect-error: plain JavaScript without declarations
import { readCommandLine, UsageError, usage } from '../../../scripts/bench/command-line.mjs';
// @ts-expect-error: plain JavaScript without declarations
import { contenderKeys } from '../../../scripts/bench/contenders.mjs';

describe("the benchmark's command line", () => {
  it('has a default for everything', () => {
    expect(readCommandLine([])).toMatchObject({
      works: ['gru2'],
      config: undefined,
      dataDir: 'data',
      pythons: [],
      steps: undefined,
      warmup: undefined,
      rounds: 3,
      only: undefined,
    });
  });

  it('takes several Pythons and a list of contenders', () => {
    const options = readCommandLine(['--python', 'a', '--python', 'b', '--only', 'relaxed,keras']);
    expect(options).toMatchObject({ pythons: ['a', 'b'], only: ['relaxed', 'keras'] });
  });

  it('takes several works, each once', () => {
    const options = readCommandLine(['--work', 'lstm,gru2', '--work', 'bilstm', '--work', 'lstm']);
    expect(options.works).toEqual(['lstm', 'gru2', 'bilstm']);
  });

  it('takes all works in one word', () => {
    const all = ['gru2', 'simple-rnn', 'lstm', 'bigru', 'bigru-400', 'bilstm'];
    expect(readCommandLine(['--work', 'all']).works).toEqual(all);
    expect(readCommandLine(['--work', 'lstm,all']).works).toEqual(all);
  });

  it('names every work and every contender in its help', () => {
    for (const name of [...readCommandLine(['--work', 'all']).works, ...contenderKeys]) {
      expect(usage).toContain(name);
    }
  });

  it.each([
    [['--work', 'gru3'], '--work: there is no "gru3"'],
    [['--work', ''], '--work is empty'],
    [['--work', 'lstm', '--config', 'gru2'], '--work and --config'],
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
