import { DamagedDataError } from '../damaged-data-error.js';
import { portionsInTurns } from '../map-in-turns.js';
import type { Example } from '../split.js';
import type { Review } from './review.js';

/** One line of a compact file: `{"id":127,"label":1,"rating":10,"text":"..."}` and a line break. */
export function formatReviewLine({ id, label, rating, text }: Review): string {
  return `${JSON.stringify({ id, label, rating, text })}\n`;
}

/**
 * Reads a compact file's content, some hundred lines at a time.
 *
 * @param path the file's name, for messages
 * @throws DamagedDataError naming file and line when a line is not a review
 */
export function readReviewLines(content: Buffer, path: string): AsyncGenerator<Example[]> {
  let line = 0;
  return portionsInTurns(linesOf(content), (text) => parseReviewLine(text, `${path}, line ${++line}`));
}

function* linesOf(content: Buffer): Generator<string> {
  for (let start = 0; start < content.length; ) {
    const end = content.indexOf('\n', start);
    const next = end < 0 ? content.length : end;
    yield content.toString('utf8', start, next);
    start = next + 1;
  }
}

function parseReviewLine(line: string, place: string): Example {
  const review = parsed(line);
  if (typeof review?.text === 'string' && typeof review.label === 'number') {
    return { text: review.text, target: review.label };
  }
  throw new DamagedDataError(
    `${place}: expected a review such as {"id":0,"label":1,"rating":9,"text":"..."}, got ${line.slice(0, 60)}`,
  );
}

function parsed(line: string): Partial<Review> | null | undefined {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
