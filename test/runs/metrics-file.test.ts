import { appendFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { appendMetrics, readMetrics, writeMetrics } from '../../src/runs/metrics-file.js';
import { temporaryFolder } from './tiny-run.js';

const newFile = async () => join(await temporaryFolder(), 'metrics.jsonl');

describe('metrics.jsonl', () => {
  it('grows by one line a record, and is empty before the first', async () => {
    const path = await newFile();
    expect(await readMetrics(path)).toEqual([]);
    await appendMetrics(path, { type: 'step', step: 1, loss: 0.7 });
    await appendMetrics(path, { type: 'epoch', epoch: 1, best: true });
    expect(await readFile(path, 'utf8')).toBe(
      '{"type":"step","step":1,"loss":0.7}\n{"type":"epoch","epoch":1,"best":true}\n',
    );
    expect(await readMetrics(path)).toEqual([
      { type: 'step', step: 1, loss: 0.7 },
      { type: 'epoch', epoch: 1, best: true },
    ]);
  });

  it('does not count a last line that a kill has cut off, and goes on in its place', async () => {
    for (const cut of ['{"type":"st', `{"type":"${'long '.repeat(2000)}`]) {
      const path = await newFile();
      await appendMetrics(path, { step: 1 });
      await appendFile(path, cut);
      expect(await readMetrics(path)).toEqual([{ step: 1 }]);
      await appendMetrics(path, { step: 2 });
      expect(await readFile(path, 'utf8')).toBe('{"step":1}\n{"step":2}\n');
    }
  });

  it('starts again where even the first line was cut off', async () => {
    const path = await newFile();
    await writeFile(path, '{"typ');
    await appendMetrics(path, { step: 1 });
    expect(await readFile(path, 'utf8')).toBe('{"step":1}\n');
  });

  it('can be replaced as a whole', async () => {
    const path = await newFile();
    await appendMetrics(path, { step: 1 });
    await appendMetrics(path, { step: 2 });
    await writeMetrics(path, [{ step: 1 }]);
    expect(await readMetrics(path)).toEqual([{ step: 1 }]);
  });
});
