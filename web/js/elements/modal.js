// <modal-sheet>: a native modal dialog; the page behind is inert, it starts at its heading, or where it says, and gives focus back when it closes.
import { html } from '../../vendor/lit/lit.js';
import { Light, define } from '../light.js';

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
