import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createNotes } from '../../src/terminal/notes.js';
import { FakeStream } from './fake-stream.js';

beforeEach(() => void vi.stubEnv('NO_COLOR', '1'));
afterEach(() => void vi.unstubAllEnvs());

describe('notes', () => {
  it('are lines on their stream', () => {
    const stream = new FakeStream();
    const notes = createNotes({ stream });
    notes.note('backend: wasm');
    notes.warn('the archive is not the official one');
    expect(stream.text).toBe('backend: wasm\nwarning: the archive is not the official one\n');
  });

  it('are kept back when the command is to be quiet', () => {
    const stream = new FakeStream();
    const notes = createNotes({ quiet: true, stream });
    notes.note('a');
    notes.warn('b');
    expect(stream.text).toBe('');
  });
});
