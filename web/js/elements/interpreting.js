// What the chair and the secretary see of interpreters: who interprets, and that one has gone whom somebody follows. Never who follows.
import { html, nothing } from '../../vendor/lit/lit.js';
import { words } from '../text.js';
import { icon } from '../icons.js';
import { state } from './people.js';

/** @param {import('../interpreters.js').Interpreters} interpreters @returns {string[]} one sentence for each that is missed */
export function missing({ missed }) {
  const w = words.shared.interpreting;
  return [...(missed.sign ? [w.signMissed] : []), ...missed.channels.map(w.missed)];
}

/** The lines under the links on the console; nothing where nobody interprets. */
export function interpreterLines(interpreters) {
  const { sign, channels } = interpreters.here;
  const w = words.shared.interpreting;
  const lines = [...(sign ? [w.sign] : []), ...channels].map((name) => state('ok', 'speaker', name));
  lines.push(...missing(interpreters).map((text) => state('att', 'warning', text)));
  return lines.length ? html`<div class="remote"><b>${w.title}</b>${lines.map((line) => html`${line}<br>`)}</div>` : nothing;
}

/** A note for a page without room for lines: only what is missed. */
export function interpreterNote(interpreters) {
  const lines = missing(interpreters);
  return lines.length ? html`<p class="note att" role="status">${icon('warning')}<span>${lines.join(' ')}</span></p>` : nothing;
}
