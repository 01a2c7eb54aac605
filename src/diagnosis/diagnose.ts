import { type CompiledFacts, compiledFacts, type WasmFacts, wasmFacts } from '../backends/wasm/facts.js';
import { UserError } from '../errors/user-error.js';
import { type Examination, examineMachine } from '../tensorflow-installer/examine-machine.js';
import { type DataFacts, examineData } from './examine-data.js';
import { examineFolder, type FolderFacts } from './examine-folder.js';
import { examineRuns, type RunsFacts } from './examine-runs.js';
import { examineSystem, type SystemFacts } from './examine-system.js';
import { type JudgedSpeed, judgeSpeed } from './judge-speed.js';
import { measureSpeed, startWasm } from './measure-speed.js';

export interface DiagnoseOptions {
  readonly dataDir: string;
  readonly modelsDir: string;
  /** Where native installations are; default: imdb-rnn/native in the user's cache folder. */
  readonly nativeFolder?: string;
  /** Whether the speed is measured, which takes about five seconds. */
  readonly speed: boolean;
  /** Computes with a native installation, in a process of its own, and gives the device's name. */
  readonly selfTest: (folder: string) => Promise<string>;
  /** Is told before each part that takes a moment. */
  readonly onPart?: (part: string) => void;
}

/** All that `doctor` knows. */
export interface Diagnosis {
  readonly system: SystemFacts;
  /** The driver, and every native installation, each of which computed something. */
  readonly machine: Examination;
  readonly compiled: CompiledFacts;
  /** `problem`: why the backend does not compute here. */
  readonly wasm: WasmFacts & { readonly problem?: string };
  readonly data: FolderFacts & DataFacts;
  readonly models: FolderFacts & RunsFacts;
  /** Absent where it was not measured. */
  readonly speed?: JudgedSpeed;
}

/** Looks at everything that a training needs; what is wrong is part of the answer, nothing is thrown for it. */
export async function diagnose(options: DiagnoseOptions): Promise<Diagnosis> {
  const { dataDir, modelsDir, nativeFolder, selfTest, onPart = () => {} } = options;
  const system = await examineSystem();
  onPart('native installations');
  const machine = await examineMachine({ folder: nativeFolder, selfTest });
  onPart('data');
  const data = { ...(await examineFolder(dataDir)), ...(await examineData(dataDir)) };
  onPart('runs');
  const models = { ...(await examineFolder(modelsDir)), ...(await examineRuns(modelsDir)) };
  onPart(options.speed ? 'speed, for some seconds' : 'backend wasm');
  const facts = wasmFacts();
  const compiled = compiledFacts();
  try {
    if (!options.speed) {
      await startWasm();
      return { system, machine, compiled, wasm: facts, data, models };
    }
    const speed = judgeSpeed(await measureSpeed(), system);
    return { system, machine, compiled, wasm: facts, data, models, speed };
  } catch (error) {
    const { message } = error as Error;
    const hint = error instanceof UserError ? error.hint : undefined;
    const wasm = { ...facts, problem: hint ? `${message} ${hint}` : message };
    return { system, machine, compiled, wasm, data, models };
  }
}
