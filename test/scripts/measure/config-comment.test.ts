import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
// @ts-expect-error: plain JavaScript without declarations
import { descriptionOf, withFigures } from '../../../scripts/measure/config-comment.mjs';
import { packagedConfigs } from '../../../src/config/packaged-configs.js';
import { parseConfig } from '../../../src/config/parse-config.js';

const figures = 'Test accuracy 90.0 +- 0.1 % (3 seeds, worst 89.9), 7 parameters, 1 s an epoch on 2 cores.';
const packaged = await packagedConfigs();

describe("a config's first comment", () => {
  it('gets other figures in the place of those it has, whatever stands around them', () => {
    const yaml =
      '# a: the first.\n# Test accuracy 1 % (1 seed), 3 parameters, 9 s\n# an epoch on 1 core. Needs luck.\nseed: 1\n# end\n';
    expect(withFigures(yaml, { name: 'a', figures })).toBe(
      `# a: the first. ${figures} Needs luck.\nseed: 1\n# end\n`,
    );
  });

  it('gets figures at its end where it has none, and is made where there is none', () => {
    expect(withFigures('# a: new.\nseed: 1\n', { name: 'a', figures })).toBe(
      `# a: new. ${figures}\nseed: 1\n`,
    );
    expect(withFigures('seed: 1\n', { name: 'a', figures })).toBe(`# a: ${figures}\nseed: 1\n`);
  });

  it('stays the same when the same figures are written again', () => {
    const once = withFigures('# a: new.\nseed: 1\n', { name: 'a', figures });
    expect(withFigures(once, { name: 'a', figures })).toBe(once);
  });

  it.each(packaged)('of $name keeps its description, and the config what it says', async ({ name, path }) => {
    const yaml = await readFile(path, 'utf8');
    const written = withFigures(yaml, { name, figures });
    expect(written).toContain('# ');
    expect(descriptionOf(written, name)).toBe(descriptionOf(yaml, name));
    expect(descriptionOf(yaml, name)).not.toBe('');
    expect(parseConfig(written, name)).toEqual(parseConfig(yaml, name));
    for (const line of written.split('\n')) expect(line.length).toBeLessThanOrEqual(120);
  });
});
