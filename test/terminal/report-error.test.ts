import { afterEach, describe, expect, it, vi } from 'vitest';
import { UserError } from '../../src/errors/user-error.js';
import { colorsFor } from '../../src/terminal/colors.js';
import { Progress } from '../../src/terminal/progress.js';
import { isClosedPipe, reportError } from '../../src/terminal/report-error.js';
import { FakeStream } from './fake-stream.js';

afterEach(() => vi.unstubAllEnvs());

function reported(error: unknown): string {
  vi.stubEnv('FORCE_COLOR', undefined);
  const stream = new FakeStream();
  reportError(error, { version: '1.2.3', stream });
  return stream.text;
}

describe('reporting an error', () => {
  it('shows message and hint of what the user can mend, without a stack', () => {
    expect(reported(new UserError('a.yaml is not there.', 'Try b.yaml.'))).toBe(
      'error: a.yaml is not there.\nhint: Try b.yaml.\n',
    );
    expect(reported(new UserError('a.yaml is not there.'))).toBe('error: a.yaml is not there.\n');
  });

  it('shows a state of the machine in plain words', () => {
    const error = Object.assign(new Error('ENOSPC: no space left on device, write'), {
      code: 'ENOSPC',
      path: '/d/x',
    });
    expect(reported(error)).toMatch(/^error: \/d\/x: the disk is full \(ENOSPC\)\.\nhint: Free some space/);
  });

  it('shows everything else as a bug, with stack, cause and versions', () => {
    const text = reported(new TypeError('x is not a function', { cause: new Error('deeper') }));
    expect(text).toMatch(/^error: TypeError: x is not a function\n {4}at /);
    expect(text).toContain('[cause]: Error: deeper');
    expect(text).toMatch(/This is a bug\. .*imdb-rnn 1\.2\.3, Node\.js v\d+/);
    expect(reported('just a string')).toMatch(/^error: 'just a string'\n/);
  });

  it('takes a progress bar off the screen first', () => {
    const stream = new FakeStream(80);
    const progress = new Progress('read', { total: 10, stream });
    reportError(new UserError('no.'), { stream });
    expect(stream.readable).toMatch(/<erase>[^\n<]*error:[^\n<]* no\.\n$/);
    progress.update(5);
    expect(stream.lastLine).toBe('');
  });

  it('knows a reader that went away', () => {
    expect(isClosedPipe(Object.assign(new Error('write EPIPE'), { code: 'EPIPE' }))).toBe(true);
    expect(isClosedPipe(new Error('write EPIPE'))).toBe(false);
  });
});

describe('colours', () => {
  const colored = (stream: FakeStream, environment: NodeJS.ProcessEnv) =>
    colorsFor(stream, environment).isColorSupported;

  it('are for terminals', () => {
    expect(colored(new FakeStream(80), {})).toBe(true);
    expect(colored(new FakeStream(), {})).toBe(false);
    expect(colored(new FakeStream(80), { TERM: 'dumb' })).toBe(false);
  });

  it('obey NO_COLOR before FORCE_COLOR', () => {
    expect(colored(new FakeStream(80), { NO_COLOR: '1' })).toBe(false);
    expect(colored(new FakeStream(80), { NO_COLOR: '1', FORCE_COLOR: '1' })).toBe(false);
    expect(colored(new FakeStream(), { FORCE_COLOR: '1' })).toBe(true);
    expect(colored(new FakeStream(80), { FORCE_COLOR: '0' })).toBe(false);
    expect(colored(new FakeStream(80), { NO_COLOR: '' })).toBe(true);
  });
});
