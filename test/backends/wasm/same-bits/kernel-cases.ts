import type { KernelName, OperandsOf } from '../../../../src/backends/wasm/kernel-operands.js';
import { CallMaker } from './call-maker.js';
import type { KernelCall, NeedName } from './kernel-call.js';

/** How calls of a kernel are made. */
export interface KernelCases {
  readonly kernel: KernelName;
  /** How many rounds show everything. */
  readonly rounds: number;
  make(
    round: number,
    threads: number,
    needs: (name: NeedName, ...sizes: number[]) => number,
    start: number,
  ): KernelCall;
}

/** @param operandsOf the operands of a call, whose memory it makes with the tools that it gets */
export function casesOf<Name extends KernelName>(
  kernel: Name,
  operandsOf: (tools: CallMaker) => OperandsOf<Name>,
  rounds = 20,
): KernelCases {
  return {
    kernel,
    rounds,
    make(round, threads, needs, start) {
      const tools = new CallMaker(kernel, round, threads, needs, start);
      return tools.finish(kernel, operandsOf(tools));
    },
  };
}
