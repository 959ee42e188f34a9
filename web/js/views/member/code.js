// The control code of a ballot: eight signs made by this device alone, from an alphabet nobody misreads.
const SIGNS = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';

/** «K7M4-2XQD», 40 bits of chance. */
export function freshCode() {
  const signs = [...crypto.getRandomValues(new Uint8Array(8))].map((byte) => SIGNS[byte & 31]).join('');
  return `${signs.slice(0, 4)}-${signs.slice(4)}`;
}
