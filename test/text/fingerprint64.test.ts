import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fingerprint64 } from '../../src/text/fingerprint64.js';
import { readTextGolden } from '../golden/text/read-text-golden.js';

const golden = readTextGolden('fingerprints');

describe('fingerprint64', () => {
  it('equals TensorFlow on all lengths from 0 to 70 bytes, on long texts and on other alphabets', () => {
    const lengths = new Set(golden.map(({ text }) => Buffer.byteLength(text)));
    for (let length = 0; length <= 70; length++) expect(lengths).toContain(length);
    for (const { text, fingerprint } of golden) {
      expect(fingerprint64(text), text).toBe(BigInt(fingerprint));
    }
  });

  it("puts the lecture's faaaaaantastic into bucket 53 of 1,000", () => {
    expect(fingerprint64('faaaaaantastic') % 1000n).toBe(53n);
  });

  it('equals the fingerprint of TensorFlow.js on any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 400 }), (text) => {
        const expected = BigInt(tf.util.fingerPrint64(new TextEncoder().encode(text)).toString());
        expect(fingerprint64(text)).toBe(expected);
      }),
    );
  });
});
