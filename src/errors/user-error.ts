/**
 * An error that the user can mend: shown as its message and hint, without a stack; the program ends with exit code 1.
 * Anything else that is thrown is a bug and is shown with its stack.
 */
export class UserError extends Error {
  override readonly name = 'UserError';

  /**
   * @param message what was got, what was expected, and where (file, line, key)
   * @param hint the next step, usually a command or a setting to change
   */
  constructor(
    message: string,
    readonly hint?: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
