import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { RunFolder } from '../../src/runs/run-folder.js';
import { temporaryFolder, tinyModel, tinyRun, useCpu } from './tiny-run.js';

beforeAll(useCpu);

const decision = { examples: 40, thresholds: [0.25], temperatures: [1.5], thresholdFor: 'f1' as const };

describe('what was chosen for a run', () => {
  it('is read with its task, and makes it another model', async () => {
    const run = await tinyRun(await temporaryFolder());
    const before = await run.modelFacts();
    expect((await run.readTask()).decision).toBeUndefined();
    await run.writeDecision(decision);
    const again = new RunFolder(run.path);
    expect((await again.readTask()).decision).toEqual(decision);
    const after = await again.modelFacts();
    expect(after.sha256).not.toBe(before.sha256);
    expect(after.bytes).toBeGreaterThan(before.bytes);
  });

  it('gives way to a threshold that is asked for', async () => {
    const run = await tinyRun(await temporaryFolder());
    expect((await run.readTask({ threshold: 0.75 })).decision).toEqual({ examples: 0, thresholds: [0.75] });
    await run.writeDecision(decision);
    expect((await run.readTask({ threshold: 0.75 })).decision).toEqual({
      ...{ examples: 40, temperatures: [1.5], thresholds: [0.75] },
    });
  });

  it('does not outlive the model that it was chosen for', async () => {
    const run = await tinyRun(await temporaryFolder());
    await run.writeDecision(decision);
    const model = tinyModel({ seed: 2 });
    await run.writeModel(model);
    model.dispose();
    expect((await run.readTask()).decision).toBeUndefined();
    await run.writeDecision({ ...decision, thresholds: [0.75] });
    expect((await new RunFolder(run.path).readTask()).decision?.thresholds).toEqual([0.75]);
  });

  it('is refused where the file was changed, or is of no known form', async () => {
    const run = await tinyRun(await temporaryFolder());
    const path = join(run.path, 'decision.json');
    await writeFile(path, '{"examples": 3, "thresholds": ["high"]}');
    await expect(run.readTask()).rejects.toThrow('holds no temperatures and thresholds of this version');
    await run.writeDecision(decision);
    await writeFile(path, JSON.stringify({ ...decision, thresholds: [0.9] }));
    await expect(run.readTask()).rejects.toMatchObject({ name: 'UserError' });
  });
});
