import { afterEach, describe, expect, it } from 'vitest';
import { endLiveLine } from '../../src/terminal/live-line.js';
import { createNotes } from '../../src/terminal/notes.js';
import { Progress } from '../../src/terminal/progress.js';
import { FakeStream } from './fake-stream.js';

afterEach(endLiveLine);

describe('progress without a terminal', () => {
  function start(options = {}) {
    const stream = new FakeStream();
    const clock = { ms: 0 };
    const progress = new Progress('read', {
      total: 100,
      unit: 'files',
      stream,
      now: () => clock.ms,
      ...options,
    });
    return { stream, clock, progress };
  }

  it('writes one line every few seconds, without any control character', () => {
    const { stream, clock, progress } = start();
    for (let done = 1; done <= 100; done += 1) {
      clock.ms += 120;
      progress.update(done, 'x.txt');
    }
    progress.stop();
    expect(stream.text).toBe(
      'read   42 %  42/100  x.txt  8.3 files/s  ETA 7 s\nread   84 %  84/100  x.txt  8.3 files/s  ETA 2 s\n',
    );
  });

  it('writes nothing for a stage that is over soon', () => {
    const { stream, clock, progress } = start();
    clock.ms = 4000;
    progress.update(99);
    progress.stop();
    expect(stream.text).toBe('');
  });

  it('keeps the last line that it is given, once', () => {
    const { stream, progress } = start();
    progress.stop('read 100 files');
    progress.stop('read 100 files');
    progress.update(1);
    expect(stream.text).toBe('read 100 files\n');
  });

  it('learns the total later', () => {
    const { stream, clock, progress } = start({ total: undefined });
    clock.ms = 5000;
    progress.update(50);
    progress.setTotal(200);
    clock.ms = 10_000;
    progress.update(100);
    expect(stream.text).toBe('read  50 files  10 files/s\nread   50 %  100/200  10 files/s  ETA 10 s\n');
  });

  it('says nothing at all when it is to be quiet', () => {
    const { stream, clock, progress } = start({ quiet: true });
    clock.ms = 60_000;
    progress.update(50);
    progress.stop('done');
    expect(stream.text).toBe('');
  });
});

describe('progress on a terminal', () => {
  const start = (label: string, stream: FakeStream, now?: () => number) =>
    new Progress(label, { total: 100, unit: 'files', stream, now });

  it('draws a bar on one line and takes it away at the end', async () => {
    const stream = new FakeStream(80);
    const progress = start('read', stream);
    expect(stream.lastLine).toMatch(/^read {2}\[-+\] {4}0 % {2}0\/100$/);
    progress.update(50);
    await new Promise((resolve) => setTimeout(resolve, 250));
    expect(stream.lastLine).toMatch(/^read {2}\[=+>-+\] {3}50 % {2}50\/100 .* files\/s {2}ETA /);
    progress.stop();
    expect(stream.lastLine).toBe('');
    expect(stream.text).not.toContain('\n');
  });

  it('neither hides the cursor nor switches line wrapping off, which would outlast a killed program', () => {
    const stream = new FakeStream(80);
    start('read', stream).stop();
    expect(stream.text).not.toMatch(/\?25l|\?7l/);
  });

  it('leaves no piece of the bar in a note', () => {
    const stream = new FakeStream(80);
    const progress = start('read', stream);
    createNotes({ stream }).note('retrying');
    progress.stop('read 100 files');
    const lines = stream.readable.split('\n');
    expect(lines[0]).toMatch(/<erase>retrying$/);
    expect(lines[1]).toMatch(/read 100 files$/);
    expect(lines).toHaveLength(3);
  });

  it('gives way to the next stage', () => {
    const stream = new FakeStream(80);
    start('read', stream);
    const second = start('write', stream);
    expect(stream.lastLine).toMatch(/^write /);
    second.stop();
    expect(stream.lastLine).toBe('');
  });
});
