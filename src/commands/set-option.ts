import { Option } from 'commander';

/**
 * `--set key=value`, to be given as often as wanted; the command gets the texts as `options.set`, ready for `loadConfig`.
 * It takes one value at a time, so that a command's own arguments may follow.
 */
export function setOption(): Option {
  return new Option('--set <key=value>', 'change one setting of the config; may be repeated')
    .default([], 'none')
    .argParser((text: string, former: readonly string[]) => [...former, text]);
}
