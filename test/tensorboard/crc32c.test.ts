import { describe, expect, it } from 'vitest';
import { crc32c } from '../../src/tensorboard/crc32c.js';

const ascending = Uint8Array.from({ length: 32 }, (_, index) => index);
/** An iSCSI SCSI Read (10) command. */
const command = Buffer.from(
  '01c00000000000000000000000000000140000000000040000000014000000182800000000000000' + '0200000000000000',
  'hex',
);

describe('CRC-32C has the values of RFC 3720, appendix B.4', () => {
  it.each([
    ['32 bytes of zeros', new Uint8Array(32), 'aa36918a'],
    ['32 bytes of ones', new Uint8Array(32).fill(0xff), '43aba862'],
    ['32 bytes that count up', ascending, '4e79dd46'],
    ['32 bytes that count down', ascending.toReversed(), '5cdb3f11'],
    ['a SCSI command', command, '563a96d9'],
  ])('for %s', (_, bytes, expected) => {
    const written = Buffer.alloc(4);
    written.writeUInt32LE(crc32c(bytes));
    expect(written.toString('hex')).toBe(expected);
  });

  it('and its check value for 123456789', () => {
    expect(crc32c(Buffer.from('123456789'))).toBe(0xe3069283);
    expect(crc32c(new Uint8Array())).toBe(0);
  });
});
