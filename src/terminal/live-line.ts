/** The line at the bottom of the terminal that is drawn over and over: a progress bar. There is at most one. */
export interface LiveLine {
  /** Takes the line off the screen until its next drawing. */
  erase(): void;
  /** Takes it off the screen for good. */
  end(): void;
}

let current: LiveLine | undefined;

/** Makes this the live line; one that is still there ends. */
export function beginLiveLine(line: LiveLine): void {
  current?.end();
  current = line;
}

/** To be called by a live line that has ended. */
export function forgetLiveLine(line: LiveLine): void {
  if (current === line) current = undefined;
}

/** Ends the live line, if there is one: before an error is reported, and before the program ends. */
export function endLiveLine(): void {
  current?.end();
}

/**
 * Writes whole lines to the terminal without leaving pieces of the live line in them.
 *
 * @param whenWritten is called when the stream has taken them, or failed
 */
export function writeAboveLiveLine(
  stream: NodeJS.WritableStream,
  text: string,
  whenWritten?: () => void,
): void {
  current?.erase();
  stream.write(text, () => whenWritten?.());
}
