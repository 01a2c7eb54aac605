import type { ByteReader } from './byte-reader.js';
import { KerasFileError } from './keras-file-error.js';
import { knownGlobal, resultOf, setState } from './pickled-objects.js';

/**
 * Reads a Python pickle (Lib/pickletools.py, protocols 2 to 5) without executing anything: the operations that arrays of
 * lists of integers are made of, and no others. What a pickle "calls" is one of five names that stand for plain data here.
 * Each operation takes at least a byte of the file and adds at most one value, so the file's size bounds time and memory.
 */
export class PickleReader {
  readonly #reader: ByteReader;
  #stack: unknown[] = [];
  /** The stacks below the marks that are open. */
  readonly #below: unknown[][] = [];
  readonly #memo = new Map<number, unknown>();

  constructor(reader: ByteReader) {
    this.#reader = reader;
  }

  /** @throws KerasFileError when it is cut off, or has an operation or a name that is not known */
  read(): unknown {
    const reader = this.#reader;
    for (;;) {
      const operation = reader.uint8();
      switch (operation) {
        case 0x4b: // BININT1
          this.#stack.push(reader.uint8());
          break;
        case 0x4d: // BININT2
          this.#stack.push(reader.uint16());
          break;
        case 0x4a: // BININT
          this.#stack.push(reader.int32());
          break;
        case 0x8a: // LONG1
          this.#stack.push(littleEndian(reader.bytes(reader.uint8())));
          break;
        case 0x2e: // STOP
          return this.#pop();
        default:
          this.#readOther(operation);
      }
    }
  }

  #readOther(operation: number): void {
    const reader = this.#reader;
    switch (operation) {
      case 0x80: // PROTO
        this.#checkProtocol(reader.uint8());
        break;
      case 0x95: // FRAME: its length only helps those who read from a stream.
        reader.bytes(8);
        break;
      case 0x28: // MARK
        this.#below.push(this.#stack);
        this.#stack = [];
        break;
      case 0x30: // POP
        this.#pop();
        break;
      case 0x4e: // NONE
        this.#stack.push(null);
        break;
      case 0x88: // NEWTRUE
        this.#stack.push(true);
        break;
      case 0x89: // NEWFALSE
        this.#stack.push(false);
        break;
      case 0x43: // SHORT_BINBYTES
      case 0x55: // SHORT_BINSTRING
      case 0x8c: // SHORT_BINUNICODE
        this.#stack.push(reader.bytes(reader.uint8()).toString());
        break;
      case 0x42: // BINBYTES
      case 0x54: // BINSTRING
      case 0x58: // BINUNICODE
        this.#stack.push(reader.bytes(reader.uint32()).toString());
        break;
      default:
        this.#readContainer(operation);
    }
  }

  #readContainer(operation: number): void {
    switch (operation) {
      case 0x5d: // EMPTY_LIST
      case 0x29: // EMPTY_TUPLE
        this.#stack.push([]);
        break;
      case 0x61: // APPEND
        this.#append([this.#pop()]);
        break;
      case 0x65: // APPENDS
        this.#append(this.#popToMark());
        break;
      case 0x74: {
        // TUPLE
        const values = this.#popToMark();
        this.#stack.push(values);
        break;
      }
      case 0x85: // TUPLE1
      case 0x86: // TUPLE2
      case 0x87: // TUPLE3
        this.#stack.push(Array.from({ length: operation - 0x84 }, () => this.#pop()).reverse());
        break;
      default:
        this.#readObject(operation);
    }
  }

  #readObject(operation: number): void {
    const reader = this.#reader;
    switch (operation) {
      case 0x63: // GLOBAL
        this.#stack.push(knownGlobal(reader.line(), reader.line()));
        break;
      case 0x93: {
        // STACK_GLOBAL
        const name = this.#pop();
        this.#stack.push(knownGlobal(this.#pop(), name));
        break;
      }
      case 0x52: {
        // REDUCE
        const argument = this.#pop();
        this.#stack.push(resultOf(this.#pop(), argument));
        break;
      }
      case 0x62: {
        // BUILD
        const state = this.#pop();
        setState(this.#top(), state);
        break;
      }
      case 0x71: // BINPUT
        this.#memo.set(reader.uint8(), this.#top());
        break;
      case 0x72: // LONG_BINPUT
        this.#memo.set(reader.uint32(), this.#top());
        break;
      case 0x94: // MEMOIZE
        this.#memo.set(this.#memo.size, this.#top());
        break;
      case 0x68: // BINGET
        this.#stack.push(this.#remembered(reader.uint8()));
        break;
      case 0x6a: // LONG_BINGET
        this.#stack.push(this.#remembered(reader.uint32()));
        break;
      default:
        throw this.#refused(`operation 0x${operation.toString(16).padStart(2, '0')}`);
    }
  }

  #checkProtocol(protocol: number): void {
    if (protocol < 2 || protocol > 5) throw this.#refused(`protocol ${protocol}`);
  }

  #top(): unknown {
    if (this.#stack.length === 0) throw this.#refused('an operation without a value');
    return this.#stack[this.#stack.length - 1];
  }

  #pop(): unknown {
    const value = this.#top();
    this.#stack.length--;
    return value;
  }

  #popToMark(): unknown[] {
    const below = this.#below.pop();
    if (!below) throw this.#refused('an end without its beginning');
    const values = this.#stack;
    this.#stack = below;
    return values;
  }

  #append(values: readonly unknown[]): void {
    const list = this.#top();
    if (!Array.isArray(list)) throw this.#refused('an addition to something that is no list');
    for (const value of values) list.push(value);
  }

  #remembered(place: number): unknown {
    if (this.#memo.has(place)) return this.#memo.get(place);
    throw this.#refused('a value that it does not hold');
  }

  #refused(fault: string): KerasFileError {
    const { what, position } = this.#reader;
    return new KerasFileError(
      `${what} has ${fault} before byte ${position}: an array of lists of numbers needs none of that, refused.`,
    );
  }
}

/** A whole number of up to 6 bytes in two's complement; longer ones are no word ids. */
function littleEndian(bytes: Buffer): number {
  if (bytes.length > 6) return Number.NaN;
  return bytes.length === 0 ? 0 : bytes.readIntLE(0, bytes.length);
}
