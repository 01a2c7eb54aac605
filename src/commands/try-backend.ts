import type { BackendName } from '../backends/backend-names.js';

/**
 * Starts a backend in this process and lets it compute what a training needs.
 *
 * @returns what went wrong, with the way out where there is one; undefined where it works
 */
export async function problemOfBackend(name: BackendName): Promise<string | undefined> {
  const [{ useBackend }, { testBackend }, { UserError }] = await Promise.all([
    import('../backends/use-backend.js'),
    import('../training/backend-self-test.js'),
    import('../errors/user-error.js'),
  ]);
  try {
    await useBackend(name);
    testBackend();
    return undefined;
  } catch (error) {
    const { message } = error as Error;
    return error instanceof UserError && error.hint ? `${message} ${error.hint}` : message;
  }
}
