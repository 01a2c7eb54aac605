const lineFeed = 0x0a;

/**
 * Adds an empty field at the end of the first records of a csv or tsv file that `writeRows` has written, and a name at the
 * end of its header. Records are found by their quotes alone, so that memory does not depend on the file's size.
 *
 * @param options.delimiter as the file has it
 * @param options.records how many records, the header not counted, get the field; those behind have it already
 */
export async function* addColumn(
  content: AsyncIterable<Buffer>,
  name: string,
  options: { readonly delimiter: string; readonly records: number },
): AsyncGenerator<Buffer> {
  const quote = '"'.charCodeAt(0);
  const empty = Buffer.from(options.delimiter);
  const named = Buffer.from(`${options.delimiter}${name}`);
  let enclosed = false;
  let ended = 0;
  for await (const part of content) {
    if (ended > options.records) {
      yield part;
      continue;
    }
    const pieces: Buffer[] = [];
    let from = 0;
    for (let at = 0; at < part.length && ended <= options.records; at++) {
      if (part[at] === quote) enclosed = !enclosed;
      if (part[at] !== lineFeed || enclosed) continue;
      pieces.push(part.subarray(from, at), ended === 0 ? named : empty);
      from = at;
      ended++;
    }
    pieces.push(part.subarray(from));
    yield Buffer.concat(pieces);
  }
}
