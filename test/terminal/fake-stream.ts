import { Writable } from 'node:stream';

/** A stream that keeps what is written to it; `columns` makes it a terminal of that width. */
export class FakeStream extends Writable {
  text = '';
  readonly isTTY: boolean;

  constructor(readonly columns?: number) {
    super({ decodeStrings: false });
    this.isTTY = columns !== undefined;
  }

  override _write(chunk: unknown, _encoding: string, done: () => void): void {
    this.text += String(chunk);
    done();
  }

  /** What stands on the screen's last line after all the movements back to its start and all erasures. */
  get lastLine(): string {
    return readable(this.text.split('\n').at(-1)!)
      .split(/<start>|<erase>/)
      .at(-1)!
      .replaceAll('<erase right>', '');
  }

  /** All that was written, with words in place of the escape sequences. */
  get readable(): string {
    return readable(this.text);
  }
}

const ESC = '\x1b';

function readable(text: string): string {
  return text
    .replaceAll(`${ESC}[1G`, '<start>')
    .replaceAll(`${ESC}[2K`, '<erase>')
    .replaceAll(`${ESC}[0K`, '<erase right>');
}
