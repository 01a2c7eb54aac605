import { readFile } from 'node:fs/promises';
import { maskedCrc32c } from '../../src/tensorboard/crc32c.js';

export interface ReadEvent {
  readonly step: number;
  readonly scalars: Readonly<Record<string, number>>;
  /** Whether it says that a training goes on here. */
  readonly isRestart: boolean;
}

/** Reads a file of events with a decoder of its own, the checksums checked; the first event, of the version, is left out. */
export async function readEvents(path: string): Promise<ReadEvent[]> {
  const bytes = await readFile(path);
  const events: ReadEvent[] = [];
  for (let start = 0; start < bytes.length; ) {
    const length = Number(bytes.readBigUInt64LE(start));
    const [end, data] = [start + 12 + length, bytes.subarray(start + 12, start + 12 + length)];
    if (bytes.readUInt32LE(start + 8) !== maskedCrc32c(bytes.subarray(start, start + 8)))
      throw new Error('length');
    if (bytes.readUInt32LE(end) !== maskedCrc32c(data)) throw new Error('data');
    events.push(eventIn(data));
    start = end + 4;
  }
  return events.slice(1);
}

function eventIn(data: Buffer): ReadEvent {
  const fields = fieldsOf(data);
  const summary = fields.find(({ field }) => field === 5)?.bytes;
  const scalars = (summary ? fieldsOf(summary) : []).map(({ bytes }): [string, number] => {
    const value = fieldsOf(bytes!);
    return [
      value.find(({ field }) => field === 1)!.bytes!.toString(),
      value.find(({ field }) => field === 2)!.bytes!.readFloatLE(),
    ];
  });
  return {
    step: fields.find(({ field }) => field === 2)?.number ?? 0,
    scalars: Object.fromEntries(scalars),
    isRestart: fields.some(({ field }) => field === 7),
  };
}

interface Field {
  readonly field: number;
  readonly number?: number;
  readonly bytes?: Buffer;
}

function fieldsOf(data: Buffer): Field[] {
  const fields: Field[] = [];
  let at = 0;
  const varint = () => {
    let [value, factor] = [0, 1];
    for (; data[at] >= 128; at += 1, factor *= 128) value += (data[at] - 128) * factor;
    value += data[at] * factor;
    at += 1;
    return value;
  };
  while (at < data.length) {
    const key = varint();
    const [field, type] = [Math.floor(key / 8), key % 8];
    if (type === 0) fields.push({ field, number: varint() });
    else {
      const length = type === 1 ? 8 : type === 5 ? 4 : varint();
      fields.push({ field, bytes: data.subarray(at, at + length) });
      at += length;
    }
  }
  return fields;
}
