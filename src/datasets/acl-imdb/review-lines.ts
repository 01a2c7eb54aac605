import { DamagedDataError } from '../damaged-data-error.js';
import type { Example } from '../split.js';
import type { Review } from './review.js';

/** One line of a compact file: `{"id":127,"label":1,"rating":10,"text":"..."}` and a line break. */
export function formatReviewLine({ id, label, rating, text }: Review): string {
  return `${JSON.stringify({ id, label, rating, text })}\n`;
}

/**
 * Reads a compact file's content.
 *
 * @param path the file's name, for messages
 * @throws DamagedDataError naming file and line when a line is not a review
 */
export function parseReviewLines(content: Buffer, path: string): Example[] {
  const lines = content.toString().split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines.map((line, index) => {
    const review = parsed(line);
    if (typeof review?.text !== 'string' || typeof review.label !== 'number') {
      throw new DamagedDataError(
        `${path}, line ${index + 1}: expected a review such as {"id":0,"label":1,"rating":9,"text":"..."}, got ${line.slice(0, 60)}`,
      );
    }
    return { text: review.text, target: review.label };
  });
}

function parsed(line: string): Partial<Review> | null | undefined {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
