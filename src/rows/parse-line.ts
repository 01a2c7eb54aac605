import type { ParseLine } from './line-rows.js';

/** A line of `txt` is a text, a blank one the empty text. */
export const parseTextLine: ParseLine = (line) => ({ text: line });

/** A line of `jsonl` is a JSON object; blank lines are passed over. */
export const parseJsonLine: ParseLine = (line) => {
  if (line.trim() === '') return undefined;
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (error) {
    return `is not JSON: ${jsonFault(error)}.`;
  }
  return isObject(value) ? value : `is ${kindOf(value)}, where a JSON object was expected.`;
};

/**
 * A line of fastText's format: every word that begins with `__label__` is a label, wherever it stands
 * (`Dictionary::getLine` in its source), the rest is the text. Blank lines are passed over.
 */
export const parseFastTextLine: ParseLine = (line) => {
  if (line.trim() === '') return undefined;
  const label: string[] = [];
  const text = line.replace(/(?<!\S)__label__(\S*)\s*/g, (_, name: string) => {
    label.push(name);
    return '';
  });
  if (label.length === 0) return 'has no label.';
  return label.includes('') ? 'has a label without a name.' : { label, text: text.trim() };
};

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A JSON value's kind with its article, for messages. */
export function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'an array';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

/** What JSON.parse says of a fault; newer versions of Node add a line, which here is always the first. */
export function jsonFault(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.replace(/ \(line \d+ column \d+\)$/, '');
}
