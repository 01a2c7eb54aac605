// Texts for measurements of the text pipeline, the same ones every time.

const syllables = 'the an in ra mo vie ter ing al be lo su per sto ry ac tor bad go od film '.split(' ');
const ends = ['. ', ', ', '! ', '? ', '... ', '.<br /><br />', ' - ', '; '];

/**
 * Texts of about 1 kB: made-up words, of which the frequent ones are as frequent as in English (Zipf's law), with marks,
 * tags, capital letters and some numbers.
 *
 * @param {number} count
 * @param {number} [vocabulary] how many different words
 * @returns {string[]}
 */
export function madeUpTexts(count, vocabulary = 60_000) {
  let state = 1;
  // Lehmer's generator with Park and Miller's numbers (1988).
  const random = () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
  const pick = (/** @type {readonly string[]} */ list) => list[Math.floor(random() * list.length)];
  const words = Array.from({ length: vocabulary }, (_, rank) => {
    const length = 1 + Math.floor(Math.log10(rank + 1) * random() * 1.5);
    const letters = Array.from({ length }, () => pick(syllables)).join('');
    return `${letters}${rank < 200 ? '' : String.fromCharCode(97 + (rank % 26))}${rank % 97 === 0 ? "'s" : ''}`;
  });
  return Array.from({ length: count }, () => {
    let text = '';
    while (text.length < 1000) {
      const word = words[Math.floor(vocabulary ** random()) - 1];
      const shown = random() < 0.1 ? word[0]?.toUpperCase() + word.slice(1) : word;
      text += `${random() < 0.01 ? Math.floor(random() * 2000) : shown}${random() < 0.14 ? pick(ends) : ' '}`;
    }
    // Made of many parts; a text that was read from a file is one.
    return Buffer.from(text).toString();
  });
}
