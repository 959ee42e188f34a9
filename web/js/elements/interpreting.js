// What the chair and the secretary see of interpreters: who interprets, and that one has gone whom somebody follows. Never who follows.
import { html, nothing } from '../../vendor/lit/lit.js';
import { words } from '../text.js';
import { icon } from '../icons.js';
import { state } from './people.js';

/** @param {import('../interpreters.js').Interpreters} interpreters @returns {string[]} one sentence for each that is missed */
function missing({ missed }) {
  const w = words.shared.interpreting;
  return [...(missed.sign ? [w.signMissed] : []), ...missed.channels.map(w.missed)];
}

/** Who interprets, under the links on the console; nothing where nobody does. */
export function interpreterLines({ here: { sign, channels } }) {
  const w = words.shared.interpreting;
  const lines = [...(sign ? [w.sign] : []), ...channels].map((name) => state('ok', 'speaker', name));
  return lines.length ? html`<div class="remote"><b>${w.title}</b>${lines.map((line) => html`${line}<br>`)}</div>` : nothing;
}

/** Said where it is seen at once: whom somebody follows and who is gone. */
export function interpreterNote(interpreters) {
  const lines = missing(interpreters);
  return lines.length ? html`<p class="note att" role="status">${icon('warning')}<span>${lines.join(' ')}</span></p>` : nothing;
}
