// Where and when a measurement was made.
import { availableParallelism, cpus, loadavg, totalmem } from 'node:os';

/** @typedef {ReturnType<typeof thisMachine>} Machine */

/** What a figure depends on, besides the program. */
export function thisMachine() {
  const processors = cpus();
  return {
    platform: `${process.platform} ${process.arch}`,
    processor: processors[0]?.model.trim() ?? 'unknown',
    cores: availableParallelism(),
    memoryGB: Number((totalmem() / 1e9).toFixed(1)),
    node: process.versions.node,
    v8: process.versions.v8,
  };
}

/** Processes that ran or waited, on average over the last minute, as the system tells it; always 0 on Windows. */
export function loadAverage() {
  return Number(loadavg()[0].toFixed(2));
}

/**
 * @param {Machine} machine
 * @returns {string} one line
 */
export function describeMachine({ processor, cores, memoryGB, platform, node }) {
  return `${processor}, ${cores} ${cores === 1 ? 'core' : 'cores'}, ${memoryGB} GB, ${platform}, Node ${node}`;
}

/**
 * Two threads gain nothing where others use the second core.
 *
 * @param {number} load average before the measurement
 * @param {number} cores
 * @returns {string | undefined} a warning where the machine had other work
 */
export function warnOfLoad(load, cores) {
  if (load < 0.3 * cores) return undefined;
  return `the load was ${load} on ${cores} cores before the measurement: others compute here, trust ratios at most`;
}
