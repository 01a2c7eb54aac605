// Measures the contenders in turn, A B C A B C: what the machine does in the meantime hits them alike.
import { mergeRounds } from './merge-rounds.mjs';
import { answerOf } from './run-program.mjs';

/**
 * @typedef {import('./contenders.mjs').Contender} Contender
 * @typedef {import('./merge-rounds.mjs').Result} Result
 * @typedef {{ key: string, title: string, result?: Result, failure?: string }} Outcome
 *
 * @param {readonly Contender[]} contenders
 * @param {object} options
 * @param {number} options.rounds
 * @param {(line: string) => void} options.onNote
 * @param {(program: string, parameters: readonly string[]) => Promise<any>} [options.measure] gets a contender's answer
 * @returns {Promise<Outcome[]>} one for each contender; one that fails is not tried again
 */
export async function runRounds(contenders, { rounds, onNote, measure = answerOf }) {
  /** @type {Map<string, import('./merge-rounds.mjs').Answer[]>} */
  const answers = new Map(contenders.map(({ key }) => [key, []]));
  /** @type {Map<string, string>} */
  const failures = new Map();
  /** @type {Set<string>} */
  const told = new Set();
  for (let round = 1; round <= rounds; round += 1) {
    for (const { key, title, program, parameters, once } of contenders) {
      if (failures.has(key) || (once && round > 1)) continue;
      const place = `round ${round} of ${rounds}: ${title}`;
      try {
        const answer = await measure(program, parameters);
        answers.get(key)?.push(answer);
        onNote(`${place}: ${describe(answer)}`);
        if (answer.note && !told.has(answer.note)) onNote(`${title}: ${answer.note}`);
        told.add(answer.note);
      } catch (error) {
        failures.set(key, /** @type {Error} */ (error).message);
        onNote(`${place} failed: ${failures.get(key)}`);
      }
    }
  }
  return contenders.map(({ key, title }) => {
    const failure = failures.get(key);
    return failure === undefined
      ? { key, title, result: mergeRounds(answers.get(key) ?? []) }
      : { key, title, failure };
  });
}

/** @param {import('./merge-rounds.mjs').Answer} answer */
function describe(answer) {
  const { train, predict } = mergeRounds([answer]);
  const step = train ? [`${train.ms.toFixed(1)} ms a step`] : [];
  return [...step, `${predict.ms.toFixed(1)} ms a predicted batch`].join(', ');
}
