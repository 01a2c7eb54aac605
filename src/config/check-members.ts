import type { Contradiction } from './check-layers.js';

type Member =
  | { readonly name: string }
  | {
      readonly config: string;
      readonly set: readonly string[];
      readonly setTaught: readonly string[];
      readonly seeds: number;
      readonly weight: 'fit' | number;
    };

/** Members of an ensemble that cannot make one; the path is below `model`. */
export function checkMembers(members: readonly Member[]): Contradiction[] {
  const planned = members.filter((member) => 'config' in member);
  const problem = (message: string) => [{ path: ['members'], message }];
  if (planned.length > 0 && planned.length < members.length) {
    return problem(
      'some are runs (name) and some are configs that are to be trained (config). Give the configs alone, or join the runs: imdb-rnn ensemble',
    );
  }
  const runs = planned.length > 0 ? planned.reduce((sum, { seeds }) => sum + seeds, 0) : members.length;
  if (runs < 2) return problem('one run, but a mean is of two or more. Add a member, or seeds to this one');
  const isSetting = (text: string) => /^[^=]+=/.test(text);
  const odd = planned
    .flatMap(({ set, setTaught }) => [...set, ...setTaught])
    .find((text) => !isSetting(text));
  if (odd !== undefined)
    return problem(`set has ${JSON.stringify(odd)}. Expected key=value, such as training.epochs=3`);
  const names = planned.map(({ config }) => config);
  const twice = names.find((name, place) => names.indexOf(name) !== place);
  if (twice !== undefined) {
    return problem(`${twice} is named twice. Name it once, with seeds for several runs of it`);
  }
  const fitted = planned.filter(({ weight }) => weight === 'fit');
  if (fitted.length > 0 && fitted.length < planned.length) {
    return problem('some weights are fit and some are numbers. Give every member a weight, or none');
  }
  if (fitted.some(({ seeds }) => seeds > 1)) {
    return problem(
      'weight is fit, which needs examples that all runs have held out, but runs with other seeds hold out others. Give every member a weight, or set seeds to 1',
    );
  }
  return [];
}
