import { readFileSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { fileVersionEvent, restartEvent, scalarsEvent } from '../../src/tensorboard/event.js';
import { createEventFile } from '../../src/tensorboard/event-file.js';
import { integerField } from '../../src/tensorboard/protobuf.js';
import { encodeRecord } from '../../src/tensorboard/record.js';
import { temporaryFolder } from '../runs/tiny-run.js';

interface Golden {
  readonly version: { readonly wallTime: number; readonly record: string };
  readonly restart: { readonly wallTime: number; readonly step: number; readonly record: string };
  readonly scalars: readonly {
    readonly scalars: Record<string, number>;
    readonly wallTime: number;
    readonly step: number;
    readonly record: string;
  }[];
}

const golden: Golden = JSON.parse(
  readFileSync(new URL('../golden/tensorboard-events.json', import.meta.url), 'utf8'),
);
const hex = (event: Uint8Array) => encodeRecord(event).toString('hex');

describe('an event is, byte for byte, what TensorBoard writes', () => {
  it('at the beginning of a file', () => {
    expect(hex(fileVersionEvent(golden.version.wallTime))).toBe(golden.version.record);
  });

  it('where a training goes on', () => {
    expect(hex(restartEvent(golden.restart))).toBe(golden.restart.record);
  });

  it.each(golden.scalars)('with numbers: $scalars', ({ scalars, record, ...time }) => {
    expect(hex(scalarsEvent(scalars, time))).toBe(record);
  });
});

it('numbers that no field of whole numbers holds are a bug', () => {
  for (const value of [-1, 0.5, 2 ** 53, Number.NaN])
    expect(() => integerField(1, value)).toThrow(RangeError);
});

describe('a file of events', () => {
  it('grows by whole records, and comes after those that are there', async () => {
    const folder = await temporaryFolder();
    const now = 1_767_225_600_500;
    const first = await createEventFile(folder, { now });
    const event = scalarsEvent({ a: 1 }, { wallTime: 1, step: 1 });
    await first.append([event, event]);
    const second = await createEventFile(folder, { now });
    expect((await readdir(folder)).sort().map((name) => name.slice(0, 29))).toEqual([
      'events.out.tfevents.176722560'.slice(0, 29),
      'events.out.tfevents.176722560'.slice(0, 29),
    ]);
    expect([first.path, second.path].sort()).toEqual([first.path, second.path]);
    const version = encodeRecord(fileVersionEvent(now / 1000));
    expect(await readFile(first.path)).toEqual(
      Buffer.concat([version, encodeRecord(event), encodeRecord(event)]),
    );
    expect(await readFile(second.path)).toEqual(version);
  });
});
