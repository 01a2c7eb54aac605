// FarmHash's Fingerprint64 (Geoff Pike, Google, 2014: farmhashna.cc), which TensorFlow uses for its hash buckets.
// 64-bit integers are bigints; `wrap` cuts a result back to 64 bits, and V8 turns the pair into one machine operation.

const k0 = 0xc3a5c85c97cb3127n;
const k1 = 0xb492b66fbe98f273n;
const k2 = 0x9ae16a3b2f90404fn;

const wrap = (value: bigint) => BigInt.asUintN(64, value);
const rotate = (value: bigint, bits: bigint) => wrap((value >> bits) | (value << (64n - bits)));
const shiftMix = (value: bigint) => value ^ (value >> 47n);

const encoder = new TextEncoder();
// A word of an example fits in here; a longer token gets a buffer of its own.
const shortToken = new Uint8Array(256);
const shortView = new DataView(shortToken.buffer);

/**
 * FarmHash fingerprint of a token's UTF-8 bytes: an unsigned 64-bit integer, equal to TensorFlow's
 * `tf.strings.to_hash_bucket_fast` before its modulo. It decides the id of every unknown word of a saved model, so it
 * must never change.
 */
export function fingerprint64(token: string): bigint {
  // UTF-8 takes at most three bytes for each UTF-16 unit.
  if (token.length * 3 <= shortToken.length) {
    return fingerprintOfBytes(shortView, encoder.encodeInto(token, shortToken).written);
  }
  const bytes = encoder.encode(token);
  return fingerprintOfBytes(new DataView(bytes.buffer, bytes.byteOffset), bytes.length);
}

function fingerprintOfBytes(bytes: DataView, length: number): bigint {
  if (length <= 16) return upTo16(bytes, length);
  if (length <= 32) return upTo32(bytes, length);
  if (length <= 64) return upTo64(bytes, length);
  return above64(bytes, length);
}

const word = (bytes: DataView, offset: number) => bytes.getBigUint64(offset, true);

function mixPair(first: bigint, second: bigint, multiplier: bigint): bigint {
  const a = shiftMix(wrap((first ^ second) * multiplier));
  const b = shiftMix(wrap((second ^ a) * multiplier));
  return wrap(b * multiplier);
}

function upTo16(bytes: DataView, length: number): bigint {
  const multiplier = wrap(k2 + BigInt(length * 2));
  if (length >= 8) {
    const a = wrap(word(bytes, 0) + k2);
    const b = word(bytes, length - 8);
    const c = wrap(rotate(b, 37n) * multiplier + a);
    const d = wrap((rotate(a, 25n) + b) * multiplier);
    return mixPair(c, d, multiplier);
  }
  if (length >= 4) {
    const first = BigInt(bytes.getUint32(0, true));
    const last = BigInt(bytes.getUint32(length - 4, true));
    return mixPair(BigInt(length) + (first << 3n), last, multiplier);
  }
  if (length === 0) return k2;
  const y = BigInt(bytes.getUint8(0) + (bytes.getUint8(length >> 1) << 8));
  const z = BigInt(length + (bytes.getUint8(length - 1) << 2));
  return wrap(shiftMix(wrap(y * k2) ^ wrap(z * k0)) * k2);
}

function upTo32(bytes: DataView, length: number): bigint {
  const multiplier = wrap(k2 + BigInt(length * 2));
  const a = wrap(word(bytes, 0) * k1);
  const b = word(bytes, 8);
  const c = wrap(word(bytes, length - 8) * multiplier);
  const d = wrap(word(bytes, length - 16) * k2);
  const first = wrap(rotate(wrap(a + b), 43n) + rotate(c, 30n) + d);
  return mixPair(first, wrap(a + rotate(wrap(b + k2), 18n) + c), multiplier);
}

function upTo64(bytes: DataView, length: number): bigint {
  const multiplier = wrap(k2 + BigInt(length * 2));
  const a = wrap(word(bytes, 0) * k2);
  const b = word(bytes, 8);
  const c = wrap(word(bytes, length - 8) * multiplier);
  const d = wrap(word(bytes, length - 16) * k2);
  const y = wrap(rotate(wrap(a + b), 43n) + rotate(c, 30n) + d);
  const z = mixPair(y, wrap(a + rotate(wrap(b + k2), 18n) + c), multiplier);
  const e = wrap(word(bytes, 16) * multiplier);
  const f = word(bytes, 24);
  const g = wrap((y + word(bytes, length - 32)) * multiplier);
  const h = wrap((z + word(bytes, length - 24)) * multiplier);
  const first = wrap(rotate(wrap(e + f), 43n) + rotate(g, 30n) + h);
  return mixPair(first, wrap(e + rotate(wrap(f + a), 18n) + g), multiplier);
}

type Pair = [bigint, bigint];

/** Mixes 32 bytes into two seeds. */
function mix32(bytes: DataView, offset: number, [seedA, seedB]: Pair): Pair {
  const a = wrap(seedA + word(bytes, offset));
  const z = word(bytes, offset + 24);
  const b = rotate(wrap(seedB + a + z), 21n);
  const sum = wrap(a + word(bytes, offset + 8) + word(bytes, offset + 16));
  return [wrap(sum + z), wrap(b + rotate(sum, 44n) + a)];
}

function above64(bytes: DataView, length: number): bigint {
  let x = wrap(81n * k2 + word(bytes, 0));
  let y = wrap(81n * k1 + 113n);
  let z = wrap(shiftMix(wrap(y * k2 + 113n)) * k2);
  let v: Pair = [0n, 0n];
  let w: Pair = [0n, 0n];
  const mix64 = (offset: number, multiplier: bigint, weight: bigint) => {
    x = wrap(rotate(wrap(x + y + v[0] + word(bytes, offset + 8)), 37n) * multiplier);
    y = wrap(rotate(wrap(y + v[1] + word(bytes, offset + 48)), 42n) * multiplier);
    x ^= wrap(w[1] * weight);
    y = wrap(y + v[0] * weight + word(bytes, offset + 40));
    z = wrap(rotate(wrap(z + w[0]), 33n) * multiplier);
    v = mix32(bytes, offset, [wrap(v[1] * multiplier), wrap(x + w[0])]);
    w = mix32(bytes, offset + 32, [wrap(z + w[1]), wrap(y + word(bytes, offset + 16))]);
    [z, x] = [x, z];
  };
  for (let offset = 0; offset < length - 64; offset += 64) mix64(offset, k1, 1n);
  const multiplier = wrap(k1 + ((z & 0xffn) << 1n));
  w[0] = wrap(w[0] + BigInt((length - 1) & 63));
  v[0] = wrap(v[0] + w[0]);
  w[0] = wrap(w[0] + v[0]);
  // The last 64 bytes overlap those that the loop has read.
  mix64(length - 64, multiplier, 9n);
  const first = wrap(mixPair(v[0], w[0], multiplier) + shiftMix(y) * k0 + z);
  return mixPair(first, wrap(mixPair(v[1], w[1], multiplier) + x), multiplier);
}
