import pico from 'picocolors';

/**
 * Colours for one output stream: real ones on a terminal, else functions that change nothing. Standard output may be a
 * file while standard error is a terminal, so each is asked for itself. `NO_COLOR` (any value) turns colours off, else
 * `FORCE_COLOR` (any value but 0) turns them on, as no-color.org and force-color.org say.
 */
export function colorsFor(
  stream: NodeJS.WritableStream,
  environment: NodeJS.ProcessEnv = process.env,
): ReturnType<typeof pico.createColors> {
  const { NO_COLOR, FORCE_COLOR, TERM } = environment;
  if (NO_COLOR) return pico.createColors(false);
  if (FORCE_COLOR) return pico.createColors(FORCE_COLOR !== '0');
  return pico.createColors(isTerminal(stream) && TERM !== 'dumb');
}

/** Whether a person looks at this stream on a screen. */
export function isTerminal(stream: NodeJS.WritableStream): stream is NodeJS.WriteStream & { isTTY: true } {
  return 'isTTY' in stream && stream.isTTY === true;
}
