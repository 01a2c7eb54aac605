// The same batches for every contender of scripts/bench/native.mjs.
export const idCount = 11_000;
export const units = 128;

/** Batches of random ids, most of them small as words' are; rows have 80 to 100 % of `time` tokens. */
export function makeBatches(rows, time, count = 8) {
  let state = 12_345;
  const next = () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return state / 0x80000000;
  };
  return Array.from({ length: count }, () => {
    const ids = new Int32Array(rows * time);
    const lengths = new Int32Array(rows);
    const labels = new Int32Array(rows);
    for (let row = 0; row < rows; row += 1) {
      lengths[row] = row === 0 ? time : Math.ceil(time * (0.8 + 0.2 * next()));
      labels[row] = Number(next() < 0.5);
      for (let t = 0; t < lengths[row]; t += 1)
        ids[row * time + t] = 1 + Math.floor(next() * next() * (idCount - 1));
    }
    return { ids, rows, time, lengths, labels };
  });
}

/** Median milliseconds of `work`, after two calls that do not count. */
export async function medianMs(steps, work) {
  const times = [];
  for (let step = -2; step < steps; step += 1) {
    const start = performance.now();
    await work((step + 8) % 8);
    if (step >= 0) times.push(performance.now() - start);
  }
  return times.sort((one, other) => one - other)[Math.floor(times.length / 2)];
}
