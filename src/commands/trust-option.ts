import { Option } from 'commander';

/** `--trust`, as `options.trust`; undefined where it is not given. */
export function trustOption(): Option {
  return new Option('--trust', 'use the run although its files are not proven to be as they were written');
}
