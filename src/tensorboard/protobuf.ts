/** Wire types of Protocol Buffers (protobuf.dev/programming-guides/encoding). */
const [varintType, doubleType, bytesType, floatType] = [0, 1, 2, 5];

/** A field that is a whole number, 0 or more. */
export function integerField(field: number, value: number): Buffer {
  return Buffer.concat([key(field, varintType), varint(value)]);
}

/** A field of 64 bits. */
export function doubleField(field: number, value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleLE(value);
  return Buffer.concat([key(field, doubleType), bytes]);
}

/** A field of 32 bits; the number is rounded to them. */
export function floatField(field: number, value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeFloatLE(value);
  return Buffer.concat([key(field, floatType), bytes]);
}

/** A field that is a text, as UTF-8. */
export function stringField(field: number, value: string): Buffer {
  return messageField(field, [Buffer.from(value)]);
}

/** A field that is a message of fields. */
export function messageField(field: number, fields: readonly Buffer[]): Buffer {
  const content = Buffer.concat(fields);
  return Buffer.concat([key(field, bytesType), varint(content.byteLength), content]);
}

function key(field: number, wireType: number): Buffer {
  return varint(field * 8 + wireType);
}

/** Seven bits a byte, the lowest first; the highest bit says that more follow. */
function varint(value: number): Buffer {
  if (!Number.isSafeInteger(value) || value < 0)
    throw new RangeError(`${value} is no whole number from 0 up`);
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) + 128);
  return Buffer.from([...bytes, rest]);
}
