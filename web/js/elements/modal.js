// <modal-sheet>: a native modal dialog; the page behind is inert, it starts at its heading, or where it says, and gives focus back when it closes.
import { html } from '../../vendor/lit/lit.js';
import { Light, define } from '../light.js';

const after = (row) => (row.nextElementSibling ? [row.nextElementSibling, ...after(row.nextElementSibling)] : []);
const before = (row) => (row.previousElementSibling ? [row.previousElementSibling, ...before(row.previousElementSibling)] : []);

class ModalSheet extends Light {
  static properties = { content: { attribute: false }, labelledby: {} };

  firstUpdated() {
    this.opener = document.activeElement;
    const dialog = this.querySelector('dialog');
    dialog.showModal();
    const heading = dialog.querySelector('h1');
    if (heading) heading.tabIndex = -1;
    (dialog.querySelector('[autofocus]') || heading)?.focus();
  }

  /** Whoever has focus in a list may be gone from it at any time; then the next one has it, so that the keys go on. */
  willUpdate() {
    const at = this.querySelector('dialog')?.contains(document.activeElement) ? document.activeElement : null;
    const row = at?.closest('li');
    this.held = at && { at, rows: row ? [...after(row), ...before(row)] : [] };
  }

  updated() {
    if (!this.held || this.held.at.isConnected) return;
    const next = [...this.held.rows.filter((row) => row.isConnected), this.querySelector('dialog h1')];
    next.find((one) => one?.matches('[tabindex]'))?.focus();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.querySelector('dialog')?.close();
    if (this.opener?.isConnected) this.opener.focus();
    else document.querySelector('.primary')?.focus({ preventScroll: true });
  }

  render() {
    return html`<dialog class="dialog" aria-labelledby=${this.labelledby || 'dt'} @cancel=${(e) => { e.preventDefault(); this.ask('dismiss'); }}>${this.content}</dialog>`;
  }
}

define('modal-sheet', ModalSheet);
