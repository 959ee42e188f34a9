// Which of the meeting's pictures the page shows: it is sent that one, and not the others. No DOM.

export class ViewLine {
  /** @param {import('./wire.js').Wire} wire */
  constructor(wire) {
    this.wire = wire;
    this.shown = null;
    wire.on('welcome', () => { if (this.shown) this.#say(); });
  }

  /** Repeating says nothing. @param {'floor'|'chair'|'hall'|'wall'} view */
  show(view) {
    if (view === this.shown) return;
    this.shown = view;
    this.#say();
  }

  #say() { this.wire.media({ kind: 'view', view: this.shown }); }
}
