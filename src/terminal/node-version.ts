const minimum = [20, 19];

/** Why this Node.js cannot run the program; undefined when it can. Imports nothing, so that it works on any of them. */
export function explainOldNode(version: string): string | undefined {
  const [major, minor] = version.replace(/^v/, '').split('.').map(Number);
  if (major > minimum[0] || (major === minimum[0] && minor >= minimum[1])) return undefined;
  return `imdb-rnn needs Node.js ${minimum.join('.')} or newer; this is ${version}.`;
}
