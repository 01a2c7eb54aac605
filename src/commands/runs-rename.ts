/** `imdb-rnn runs rename` */
export async function renameCommand(
  nameOrPath: string,
  newName: string,
  flags: { readonly modelsDir: string; readonly json: boolean; readonly quiet: boolean },
): Promise<void> {
  const [{ findRunFolder }, { renameRun }, { createNotes }, output] = await Promise.all([
    import('../runs/find-run.js'),
    import('../jobs/rename-run.js'),
    import('../terminal/notes.js'),
    import('../terminal/print.js'),
  ]);
  const former = await findRunFolder(flags.modelsDir, nameOrPath);
  const { run, problem } = await renameRun(former, newName);
  if (problem !== undefined) {
    createNotes(flags).warn(`report.html and README.md still have the former name: ${problem}`);
  }
  if (flags.json) output.printJson({ former: former.name, run: run.name, path: run.path });
  else output.print(`${former.name} is ${run.name} now: ${run.path}`);
}
