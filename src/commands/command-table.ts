import type { Command } from 'commander';

/** One verb of the program. Its file is read only when it is needed, which keeps every start short. */
export interface CommandRow {
  readonly name: string;
  /** Its line in the program's help. */
  readonly summary: string;
  /** Has verbs, and does something without one, too; default false: then it shows its help. */
  readonly runsAlone?: boolean;
  /** Reads its file and gives what adds the command, with its options and its action, to the program. */
  load(): Promise<(program: Command) => void>;
}

/** All commands, in the order in which a person meets them. */
export const commandTable: readonly CommandRow[] = [
  {
    name: 'download',
    summary: 'fetch the film reviews, check them and unpack them',
    load: async () => (await import('./download.js')).registerDownload,
  },
  {
    name: 'inspect',
    summary: 'look at your data: labels, lengths, repeated and damaged texts',
    load: async () => (await import('./inspect.js')).registerInspect,
  },
  {
    name: 'init',
    summary: 'write a config for your data, with reasons',
    load: async () => (await import('./init.js')).registerInit,
  },
  {
    name: 'train',
    summary: 'train a model',
    load: async () => (await import('./train.js')).registerTrain,
  },
  {
    name: 'find-lr',
    summary: 'look for a learning rate',
    load: async () => (await import('./find-lr.js')).registerFindLr,
  },
  {
    name: 'eval',
    summary: 'measure a trained model on the test examples',
    load: async () => (await import('./eval.js')).registerEval,
  },
  {
    name: 'crossvalidate',
    summary: 'measure a config over folds of the training examples',
    load: async () => (await import('./crossvalidate.js')).registerCrossvalidate,
  },
  {
    name: 'compare',
    summary: 'set trained models side by side',
    load: async () => (await import('./compare.js')).registerCompare,
  },
  {
    name: 'ensemble',
    summary: 'join runs to one that answers with their mean',
    load: async () => (await import('./ensemble.js')).registerEnsemble,
  },
  {
    name: 'runs',
    summary: 'list, show, rename and remove trained runs',
    load: async () => (await import('./runs.js')).registerRuns,
  },
  {
    name: 'predict',
    summary: 'classify texts',
    load: async () => (await import('./predict.js')).registerPredict,
  },
  {
    name: 'suspects',
    summary: 'name training examples whose labels are likely wrong',
    load: async () => (await import('./suspects.js')).registerSuspects,
  },
  {
    name: 'label-next',
    summary: 'choose which texts are most worth labelling',
    load: async () => (await import('./label-next.js')).registerLabelNext,
  },
  {
    name: 'prepare',
    summary: 'show what the preprocessing makes of the examples',
    load: async () => (await import('./prepare.js')).registerPrepare,
  },
  {
    name: 'cache',
    summary: 'show or clear what is kept of examples that were counted',
    runsAlone: true,
    load: async () => (await import('./cache.js')).registerCache,
  },
  {
    name: 'encode',
    summary: 'show the tokens and ids of a text',
    load: async () => (await import('./encode.js')).registerEncode,
  },
  {
    name: 'config',
    summary: 'list, print and check configs (settings of a training run)',
    load: async () => (await import('./config.js')).registerConfig,
  },
  {
    name: 'native',
    summary: 'install TensorFlow as a backend, for the CPU or for CUDA',
    load: async () => (await import('./native.js')).registerNative,
  },
  {
    name: 'doctor',
    summary: 'show what can compute here, and what is missing',
    load: async () => (await import('./doctor.js')).registerDoctor,
  },
  {
    name: 'completion',
    summary: 'print a script that lets your shell complete commands and values',
    load: async () => (await import('./completion.js')).registerCompletion(commandTable),
  },
];
