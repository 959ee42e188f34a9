// Which pictures the server sends to nobody because it cannot keep up: the pages say so, since it is not their lines. No DOM.

/** `slots`: floor, chair, hall, wall or sign; empty when everything is sent. */
export class LeftOut {
  /** @param {import('./wire.js').Wire} wire @param {() => void} changed */
  constructor(wire, changed) {
    this.slots = [];
    const told = (slots) => {
      if (slots.join() === this.slots.join()) return;
      this.slots = slots;
      changed();
    };
    wire.on('welcome', () => told([]));  // what is left out now is said after it
    wire.on('media', (message) => {
      if (message.kind === 'shed') told(message.lines);
      else if (message.kind === 'down') told([]);
    });
  }
}
