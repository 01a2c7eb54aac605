import type { InstallEvent } from '../tensorflow-installer/install-event.js';
import type { Notes } from '../terminal/notes.js';
import { Progress } from '../terminal/progress.js';

/** Draws what an installation tells about itself: a line for each step, a bar for each download and unpacking. */
export class InstallProgress {
  readonly #quiet: boolean;
  readonly #notes: Notes;
  #bar: { title: string; progress: Progress } | undefined;

  constructor({ quiet, notes }: { quiet: boolean; notes: Notes }) {
    this.#quiet = quiet;
    this.#notes = notes;
  }

  show(event: InstallEvent): void {
    if (event.kind === 'stage') {
      this.stop();
      this.#notes.note(event.text);
      return;
    }
    const { kind, name, doneBytes, totalBytes } = event;
    const title = `${kind} ${name}`;
    if (this.#bar?.title !== title) {
      this.stop();
      const progress = new Progress(title, { total: totalBytes, unit: 'bytes', quiet: this.#quiet });
      this.#bar = { title, progress };
    }
    this.#bar.progress.setTotal(totalBytes);
    this.#bar.progress.update(doneBytes);
  }

  /** Takes the bar away. */
  stop(): void {
    this.#bar?.progress.stop();
    this.#bar = undefined;
  }
}
