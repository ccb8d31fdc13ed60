/*
 * The framing of TensorFlow's record files: length (8 bytes), its checksum, the data, their checksum, all little-endian.
 * https://www.tensorflow.org/tutorials/load_data/tfrecord#tfrecords_format_details
 */
const LENGTH = 8;
const CHECKSUM = 4;

/** One record, framed. */
export function tfRecord(data: Uint8Array): Uint8Array {
  const framed = new Uint8Array(LENGTH + CHECKSUM + data.length + CHECKSUM);
  const view = new DataView(framed.buffer);
  view.setBigUint64(0, BigInt(data.length), true);
  view.setUint32(LENGTH, maskedCrc32c(framed.subarray(0, LENGTH)), true);
  framed.set(data, LENGTH + CHECKSUM);
  view.setUint32(LENGTH + CHECKSUM + data.length, maskedCrc32c(data), true);
  return framed;
}

/** Castagnoli's polynomial, bits reversed. */
const POLYNOMIAL = 0x82f63b78;

const table = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ POLYNOMIAL : crc >>> 1;
  return crc;
});

/** CRC-32C, rotated and shifted as TensorFlow does, so that checksums of data that hold checksums stay good ones. */
function maskedCrc32c(data: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of data) crc = (table[(crc ^ byte) & 0xff] ?? 0) ^ (crc >>> 8);
  crc = ~crc;
  return (((crc >>> 15) | (crc << 17)) + 0xa282ead8) >>> 0;
}
