// What the server says about the wall, and the page's wish to be sent it: only while it is shown. No DOM.
export class WallLine {
  /** @param {import('./wire.js').Wire} wire @param {() => void} changed called when people on the wall change places */
  constructor(wire, changed) {
    this.wire = wire;
    this.wanted = false;
    /** @type {{columns: number, persons: (string|null)[], page: number, pages: number}|null} */
    this.plan = null;
    wire.on('media', (message) => {
      if (message.kind !== 'wall' && message.kind !== 'down') return;
      this.plan = message.kind === 'wall' && message.columns ? message : null;
      changed();
    });
    wire.on('welcome', () => { if (this.wanted) this.#say(); });
  }

  /** Ask for the wall, or let it go. Repeating says nothing. @param {boolean} wanted */
  want(wanted) {
    if (wanted === this.wanted) return;
    this.wanted = wanted;
    this.#say();
  }

  #say() { this.wire.media({ kind: 'wall', on: this.wanted }); }
}
