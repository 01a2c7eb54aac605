import type { TextConfig } from '../config/schema.js';
import type { Writing } from './guess-language.js';
import type { Inspection } from './inspection.js';

/** A setting of `text`, and why it is as it is. */
export interface ChosenSetting {
  readonly key: keyof TextConfig;
  readonly value: string | number | boolean;
  readonly reason: string;
}

/** BCP 47 tags of languages that are written without spaces between words. */
const withoutSpaces: Readonly<Record<string, string>> = {
  Chinese: 'zh',
  Japanese: 'ja',
  Thai: 'th',
  Lao: 'lo',
  Khmer: 'km',
  Burmese: 'my',
};
const withCapitals = new Set(['Latin', 'Greek', 'Cyrillic', 'Armenian']);
const eastAsian = new Set(['Chinese', 'Japanese', 'Korean']);

/** Share of texts with HTML entities from which on these are worth replacing. */
const entityShare = 0.01;

/**
 * How texts become tokens, by what they are written in.
 *
 * @param options.readsInOrder whether the model reads tokens in their order
 */
export function chooseText(
  { writing, marks, rows }: Inspection,
  { readsInOrder }: { readonly readsInOrder: boolean },
): ChosenSetting[] {
  const { htmlEntities } = marks;
  return [
    ...(htmlEntities.rows >= entityShare * rows && htmlEntities.rows > 0
      ? [setting('plain', true, `${htmlEntities.rows} texts hold HTML entities such as &amp;`)]
      : []),
    ...normalization(writing),
    ...tokenizer(writing, readsInOrder),
    ...(withCapitals.has(writing.scripts[0]?.script ?? '')
      ? [setting('lowercase', true, '"Good" and "good" are one word')]
      : []),
  ];
}

function tokenizer({ scripts, language = '' }: Writing, readsInOrder: boolean): ChosenSetting[] {
  const tag = withoutSpaces[language];
  if (tag !== undefined) {
    return [
      setting('tokenizer', 'words', `${language} has no spaces between words`),
      setting('language', tag, 'whose rules find the words'),
    ];
  }
  if (readsInOrder && language === 'English') {
    return [setting('tokenizer', 'letters', 'words of A to Z, enough for English')];
  }
  const [first] = scripts;
  const reason =
    first === undefined || first.script === 'Latin'
      ? 'words of any letters and digits, and each mark'
      : `words of any alphabet (${first.script} here), and each mark`;
  return [setting('tokenizer', 'punctuation', reason)];
}

function normalization({ scripts, language = '' }: Writing): ChosenSetting[] {
  if (eastAsian.has(language)) return [setting('normalize', 'NFKC', 'full-width letters become plain ones')];
  const isPlain = scripts[0] === undefined || (scripts[0].script === 'Latin' && language === 'English');
  return isPlain ? [] : [setting('normalize', 'NFC', 'letters with accents may be written in two ways')];
}

const setting = (key: keyof TextConfig, value: ChosenSetting['value'], reason: string): ChosenSetting => ({
  key,
  value,
  reason,
});
