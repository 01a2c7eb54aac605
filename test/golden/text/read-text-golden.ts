import { readFileSync } from 'node:fs';

/** What TensorFlow computed for the text pipeline (scripts/golden/text.py). */
export interface TextGolden {
  readonly fingerprints: readonly {
    readonly text: string;
    /** Decimal digits of an unsigned 64-bit integer. */
    readonly fingerprint: string;
    readonly bucketOf1000: number;
  }[];
  readonly preprocessing: {
    readonly reviews: readonly string[];
    readonly cuts: readonly {
      readonly lengthUnit: 'bytes' | 'characters';
      readonly maxLength: number;
      /** Tokens of each review. */
      readonly tokens: readonly (readonly string[])[];
    }[];
  };
  readonly vocabulary: {
    readonly counts: Readonly<Record<string, number>>;
    readonly vocabularySize: number;
    readonly oovBuckets: number;
    readonly known: readonly string[];
    readonly ids: Readonly<Record<string, number>>;
  };
  readonly 'ngram-buckets': readonly {
    readonly run: string;
    readonly bucketOf1000: number;
    readonly bucketOf2000000: number;
  }[];
  /** What Python's unicodedata makes of texts (scripts/golden/normalization.py). */
  readonly normalization: readonly {
    readonly text: string;
    readonly NFC: string;
    readonly NFKC: string;
    /** NFD, without the characters of category M, NFC. */
    readonly withoutAccents: string;
  }[];
  /** What Python's html.unescape makes of texts (scripts/golden/normalization.py). */
  readonly 'html-entities': readonly { readonly text: string; readonly plain: string }[];
  /** What Hugging Face's tokenizers learns and encodes (scripts/golden/subwords.py). */
  readonly subwords: readonly {
    readonly texts: readonly string[];
    readonly vocabularySize: number;
    readonly minimumCount: number;
    /** Those behind the 256 bytes, by id, in the byte alphabet. */
    readonly tokens: readonly string[];
    readonly encoded: readonly { readonly text: string; readonly ids: readonly number[] }[];
  }[];
  readonly 'keras-tokens': readonly { readonly text: string; readonly tokens: readonly string[] }[];
}

export function readTextGolden<Name extends keyof TextGolden>(name: Name): TextGolden[Name] {
  return JSON.parse(readFileSync(new URL(`${name}.json`, import.meta.url), 'utf8'));
}
