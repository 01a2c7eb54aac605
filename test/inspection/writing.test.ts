import { describe, expect, it } from 'vitest';
import { describeWriting, StopWordCounts } from '../../src/inspection/guess-language.js';
import { ScriptCounts } from '../../src/inspection/script-counts.js';
import { wordsOf } from '../../src/inspection/words-of.js';

function writingOf(text: string) {
  const [scripts, stopWords] = [new ScriptCounts(), new StopWordCounts()];
  scripts.add(text);
  stopWords.add(wordsOf(text));
  return describeWriting(scripts.shares(), stopWords);
}

describe('describeWriting', () => {
  it.each([
    [
      'English',
      'The film was not what I expected, but it is one of the best of the year and you have to see it.',
    ],
    [
      'German',
      'Der Film ist nicht schlecht, und ich habe mich auf das Ende gefreut, aber es war zu lang für eine Komödie.',
    ],
    [
      'French',
      'Le film est une réussite, et je ne regrette pas les deux heures que nous avons passées dans la salle.',
    ],
    ['Spanish', 'La película es muy larga y el final no está a la altura, pero los actores lo hacen bien.'],
    [
      'Portuguese',
      'O filme é muito longo e não foi o que eu esperava, mas os atores são bons e as músicas também.',
    ],
    [
      'Italian',
      'Il film è molto lungo e non è quello che mi aspettavo, ma gli attori sono bravi e anche la musica.',
    ],
    [
      'Dutch',
      'De film is niet zo goed als ik had verwacht, maar het einde was wat beter en er zijn goede acteurs.',
    ],
    [
      'Swedish',
      'Filmen är inte så bra som jag trodde, men det var ett roligt slut och vi skrattade till slutet.',
    ],
    ['Finnish', 'Elokuva ei ole niin hyvä kuin luulin, mutta se oli hauska ja näyttelijät ovat myös hyviä.'],
    [
      'Polish',
      'Film nie jest tak dobry jak się spodziewałem, ale to był miły wieczór i na koniec się śmialiśmy.',
    ],
    ['Turkish', 'Film çok uzun ve sonu güzel değil ama oyuncular iyi, bu kadar para için bir daha gitmem.'],
    [
      'Indonesian',
      'Film ini tidak sebagus yang saya kira, tetapi akhir dari cerita itu bisa membuat kami tertawa.',
    ],
  ])('guesses %s by frequent words', (language, text) => {
    expect(writingOf(text)).toMatchObject({ language, toldBy: 'words' });
  });

  it.each([
    ['Chinese', '这部电影非常好看，演员的表演也很出色。'],
    ['Japanese', 'この映画はとても面白かったです。'],
    ['Korean', '이 영화는 정말 재미있었어요.'],
    ['Thai', 'หนังเรื่องนี้สนุกมาก'],
    ['Hebrew', 'הסרט הזה היה נפלא'],
    ['Greek', 'Η ταινία ήταν υπέροχη'],
  ])('tells %s by its script', (language, text) => {
    expect(writingOf(text)).toMatchObject({ language, toldBy: 'script' });
  });

  it('names a script that many languages share without a language', () => {
    for (const [script, text] of [
      ['Arabic', 'كان الفيلم رائعا'],
      ['Cyrillic', 'Фильм был отличный'],
      ['Devanagari', 'फिल्म बहुत अच्छी थी'],
    ]) {
      const writing = writingOf(text);
      expect(writing.scripts).toEqual([{ script, share: 1 }]);
      expect(writing.language).toBeUndefined();
    }
  });

  it('guesses nothing of names, numbers and nothing', () => {
    for (const text of ['', '12 34', 'Xylophon Quartz Zebra', 'A', '😀']) {
      expect(writingOf(text).language).toBeUndefined();
    }
  });

  it('shares letters out among scripts, marks with the letter they go on', () => {
    const scripts = new ScriptCounts();
    expect(scripts.add('ab где 1 😀')).toBe(10);
    expect(scripts.shares()).toEqual([
      { script: 'Cyrillic', share: 0.6 },
      { script: 'Latin', share: 0.4 },
    ]);
  });
});

describe('wordsOf', () => {
  it('finds words in small letters, without tags', () => {
    expect(wordsOf("Don't<br />STOP, it’s 3 o'clock")).toEqual(["don't", 'stop', 'it’s', '3', "o'clock"]);
  });

  it('finds words where no spaces part them', () => {
    expect(wordsOf('这部电影非常好看')).toContain('电影');
    expect(wordsOf('หนังเรื่องนี้สนุกมาก').length).toBeGreaterThan(2);
  });
});
