import { stopWords } from './stop-words.js';

/** What the texts seem to be written in. */
export interface Writing {
  /** Share of the letters in each script, the largest first. */
  readonly scripts: readonly { readonly script: string; readonly share: number }[];
  /** Undefined where nothing points to one. */
  readonly language?: string;
  /** Whether the script alone tells the language, or frequent words point to it. */
  readonly toldBy?: 'script' | 'words';
}

const languagesOf = new Map<string, number[]>();
const names = Object.keys(stopWords);
for (const [index, name] of names.entries()) {
  for (const word of stopWords[name].split(' ')) {
    languagesOf.set(word, [...(languagesOf.get(word) ?? []), index]);
  }
}

/** Below this share of stop words (a third to a half of running text) there is no guess, nor where the next language is near. */
const leastShare = 0.08;
const leastLead = 1.15;
/** Different stop words: a word like `a` is one of many languages. */
const leastDifferent = 4;

/** Counts how often words are stop words of a language. */
export class StopWordCounts {
  private readonly hits = new Float64Array(names.length);
  private readonly seen = names.map(() => new Set<string>());
  private words = 0;

  /** @param words in small letters */
  add(words: readonly string[]): void {
    this.words += words.length;
    for (const word of words) {
      const languages = languagesOf.get(word);
      if (!languages) continue;
      for (const language of languages) {
        this.hits[language] += 1;
        this.seen[language].add(word);
      }
    }
  }

  /** The language with most of its stop words among the words. */
  guess(): string | undefined {
    const ranked = [...this.hits.entries()].sort(([, one], [, other]) => other - one);
    const [[best, hits], [, next]] = ranked;
    const isSure = hits >= leastShare * this.words && hits >= leastLead * next;
    return isSure && this.seen[best].size >= leastDifferent ? names[best] : undefined;
  }
}

/** Scripts that one language of today is mostly written in. */
const ownScripts: Readonly<Record<string, string>> = {
  Greek: 'Greek',
  Armenian: 'Armenian',
  Hebrew: 'Hebrew',
  Bengali: 'Bengali',
  Gurmukhi: 'Punjabi',
  Gujarati: 'Gujarati',
  Tamil: 'Tamil',
  Telugu: 'Telugu',
  Kannada: 'Kannada',
  Malayalam: 'Malayalam',
  Sinhala: 'Sinhala',
  Thai: 'Thai',
  Lao: 'Lao',
  Tibetan: 'Tibetan',
  Myanmar: 'Burmese',
  Georgian: 'Georgian',
  Khmer: 'Khmer',
  Hangul: 'Korean',
};

/** The language that scripts, and among Latin letters frequent words, point to: a guess. */
export function describeWriting(scripts: Writing['scripts'], stopWordCounts: StopWordCounts): Writing {
  const share = (name: string) => scripts.find(({ script }) => script === name)?.share ?? 0;
  const first = scripts[0]?.script;
  const kana = share('Hiragana') + share('Katakana');
  // Japanese mixes kana with Han; Chinese has no kana.
  if (kana >= 0.05 && kana + share('Han') > 0.5) return { scripts, language: 'Japanese', toldBy: 'script' };
  if (first === 'Han') return { scripts, language: 'Chinese', toldBy: 'script' };
  const language = first === 'Latin' ? stopWordCounts.guess() : ownScripts[first ?? ''];
  if (language === undefined) return { scripts };
  return { scripts, language, toldBy: first === 'Latin' ? 'words' : 'script' };
}
