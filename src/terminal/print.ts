import { writeAboveLiveLine } from './live-line.js';

/** Writes a result to standard output and ends its line; a progress bar that is on the screen is not cut into. */
export function print(text: string): void {
  writeAboveLiveLine(process.stdout, `${text}\n`);
}

/** Writes a result to standard output as one line of JSON, or indented (`indent: 2`) for people and diffs. */
export function printJson(value: unknown, { indent = 0 }: { indent?: number } = {}): void {
  print(JSON.stringify(value, undefined, indent));
}
