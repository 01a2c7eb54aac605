import { describe, expect, it } from 'vitest';
import { SeenTexts } from '../../src/inspection/seen-texts.js';

describe('SeenTexts', () => {
  it('knows every one of many texts again, in many files', () => {
    const seen = new SeenTexts();
    for (let index = 0; index < 20_000; index++) {
      expect(seen.add(`text ${index}`, { file: `f${index % 7}`, line: index }, -1)).toBeUndefined();
    }
    for (let index = 0; index < 20_000; index += 37) {
      expect(seen.add(`text ${index}`, { file: 'again', line: 1 }, -1)?.first).toEqual({
        ...{ file: `f${index % 7}`, line: index },
      });
    }
  });

  it('says when it is full, and still knows what it has', () => {
    const seen = new SeenTexts({ limit: 2 });
    for (const text of ['a', 'b', 'c']) seen.add(text, { file: 'f', line: 1 }, 0);
    expect(seen.isFull).toBe(true);
    expect(seen.add('c', { file: 'f', line: 9 }, 0)).toBeUndefined();
    expect(seen.add('b', { file: 'f', line: 9 }, 1)).toMatchObject({ contradicts: true });
  });
});
