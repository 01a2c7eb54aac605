import { writeAboveLiveLine } from './live-line.js';

/** Writes a result to standard output and ends its line; a progress bar that is on the screen is not cut into. */
export function print(text: string): void {
  writeAboveLiveLine(process.stdout, `${text}\n`);
}

/** Writes lines in one go, and waits until the reader of standard output has room for them: memory does not grow with its delay. */
export function printLines(lines: readonly string[]): Promise<void> {
  return new Promise((resolve) => {
    writeAboveLiveLine(process.stdout, `${lines.join('\n')}\n`, resolve);
  });
}

/** Writes a result to standard output as one line of JSON, or indented (`indent: 2`) for people and diffs. */
export function printJson(value: unknown, { indent = 0 }: { indent?: number } = {}): void {
  print(JSON.stringify(value, undefined, indent));
}
