// A lit element drawn in the page's own tree, so that labels, ids and style sheets work across elements.
import { LitElement } from '../vendor/lit/lit.js';

export class Light extends LitElement {
  createRenderRoot() { return this; }

  /** Dispatches a CustomEvent that bubbles to the view: the only way an element asks for something. */
  ask(kind, detail = {}) {
    this.dispatchEvent(new CustomEvent(kind, { detail, bubbles: true, composed: true }));
  }
}

/** An element that draws itself again every second while it is in the page (timers, clocks). */
export class Ticking extends Light {
  connectedCallback() {
    super.connectedCallback();
    this.ticker = setInterval(() => this.requestUpdate(), 1000);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearInterval(this.ticker);
  }
}

export const define = (name, type) => { if (!customElements.get(name)) customElements.define(name, type); };
