// The control code of a ballot, eight signs made by this device alone from an alphabet nobody misreads, and the ballot as it is sent.
const SIGNS = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';

/** «K7M4-2XQD», 40 bits of chance. */
export function freshCode() {
  const signs = [...crypto.getRandomValues(new Uint8Array(8))].map((byte) => SIGNS[byte & 31]).join('');
  return `${signs.slice(0, 4)}-${signs.slice(4)}`;
}

/** The ballot as a message of the same length whatever is chosen, a blank one too: who counts bytes on the way learns nothing. */
export function sealed(ballot, choices, code) {
  const bare = { choices, code, padding: '' };
  const longest = Math.max(0, ...ballot.choices.map((one) => JSON.stringify(one.id).length + 1)) * ballot.places;
  const size = 256 * Math.ceil((JSON.stringify({ ...bare, choices: [] }).length + longest) / 256);
  return { ...bare, padding: '.'.repeat(size - JSON.stringify(bare).length) };
}
