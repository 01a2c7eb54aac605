/** What a shell may offer for a value: one of some words, or what only a look at the disk can tell. */
export type ValueKind =
  | { readonly kind: 'choices'; readonly choices: readonly string[] }
  | { readonly kind: 'run' | 'ownRun' | 'config' | 'setting' | 'file' | 'folder' | 'none' };

/** By what the help calls a value: `<run>` is `run`, `<file...>` is `file`. All others are free: numbers, texts, names. */
const kinds: Readonly<Record<string, Exclude<ValueKind['kind'], 'choices'>>> = {
  run: 'run',
  config: 'config',
  'file or name': 'config',
  'key=value': 'setting',
  file: 'file',
  data: 'file',
  folder: 'folder',
};

/** Where a run must be one of the user's own: the packaged one is neither resumed nor changed. */
const ownRunsOnly = new Set(['--resume', 'remove', 'rename']);

/**
 * What may stand for a value.
 *
 * @param name as in the help, without brackets and dots
 * @param options `choices`: the words that are allowed; `owner`: the option, or the command of an argument
 */
export function valueKind(
  name: string,
  { choices, owner }: { readonly choices?: readonly string[]; readonly owner: string },
): ValueKind {
  if (choices) return { kind: 'choices', choices };
  if (owner === '--name') return { kind: 'none' };
  const kind = kinds[name] ?? 'none';
  return { kind: kind === 'run' && ownRunsOnly.has(owner) ? 'ownRun' : kind };
}
