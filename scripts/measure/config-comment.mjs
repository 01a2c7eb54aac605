// The first comment of a packaged config: `# name: what it is. Test accuracy ... on 2 cores.`

const widest = 120;
const sentence = /\s*Test accuracy .*? on \d+ cores?\./;

/**
 * The comment's text on one line, without its `#` and the config's name; and where in the file the rest begins.
 *
 * @param {string} yaml
 * @returns {{ comment: string, rest: string }}
 */
export function firstComment(yaml) {
  const lines = yaml.split(/(?<=\n)/);
  const end = lines.findIndex((line) => !line.startsWith('#'));
  const count = end < 0 ? lines.length : end;
  const comment = lines
    .slice(0, count)
    .map((line) => line.replace(/^#\s?/, '').trim())
    .join(' ')
    .trim();
  return { comment, rest: lines.slice(count).join('') };
}

/**
 * What a config is, without its figures and its name.
 *
 * @param {string} yaml
 * @param {string} name
 */
export function descriptionOf(yaml, name) {
  const { comment } = firstComment(yaml);
  return comment.replace(`${name}: `, '').replace(sentence, '').trim();
}

/**
 * The file with other figures in its first comment; a comment without figures gets them at its end.
 *
 * @param {string} yaml
 * @param {{ name: string, figures: string }} figures the sentence
 * @returns {string}
 */
export function withFigures(yaml, { name, figures }) {
  const { comment, rest } = firstComment(yaml);
  const known = comment === '' ? `${name}:` : comment;
  const next = sentence.test(known) ? known.replace(sentence, () => ` ${figures}`) : `${known} ${figures}`;
  return `${wrapped(next.trim())}\n${rest}`;
}

/** @param {string} text */
function wrapped(text) {
  const lines = ['#'];
  for (const word of text.split(/\s+/)) {
    const line = `${lines.at(-1)} ${word}`;
    if (line.length <= widest) lines[lines.length - 1] = line;
    else lines.push(`# ${word}`);
  }
  return lines.join('\n');
}
