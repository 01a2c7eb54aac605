import { clearLine, cursorTo } from 'node:readline';
import { columnsOf } from './display-width.js';

/**
 * The terminal that cli-progress draws its bar on. Its own one saves the cursor's place and goes back to it at the end,
 * over whatever has scrolled there since, and switches line wrapping off, which stays off when the program is killed;
 * this one only ever rewrites the line it is on.
 */
export function oneLineTerminal(stream: NodeJS.WritableStream) {
  const eraseLine = () => {
    cursorTo(stream, 0);
    clearLine(stream, 0);
  };
  return {
    eraseLine,
    isTTY: () => true,
    getWidth: () => columnsOf(stream),
    write: (text: string) => stream.write(text),
    cursorTo: (column: number) => cursorTo(stream, column),
    clearLine: eraseLine,
    clearRight: () => clearLine(stream, 1),
    newline: () => stream.write('\n'),
    cursor() {},
    cursorSave() {},
    cursorRestore() {},
    lineWrapping() {},
  };
}
