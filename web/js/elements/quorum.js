// The quorum line: words first, bar second, always at the same place.
import { html } from '../../vendor/lit/lit.js';
import { icon } from '../icons.js';
import { words } from '../text.js';

/** @param {{present: number, needed: number, seats: number, ok: boolean}} quorum */
export function quorumLine(quorum) {
  const w = words.shared;
  const at = (n) => Math.min(119, (119 * n) / Math.max(1, quorum.seats)).toFixed(1);
  return html`<div class="quorum ${quorum.ok ? '' : 'low'}">${icon(quorum.ok ? 'people' : 'warning')}
    <span><b class="num">${w.present(quorum.present)}</b> · ${w.needed(quorum.needed)}</span>
    <svg class="bar" viewBox="0 0 120 12" preserveAspectRatio="none" aria-hidden="true">
      <rect class="of" x=".5" y="2.5" width="119" height="7" rx="3.5"></rect>
      <rect class="n" x=".5" y="2.5" width=${at(quorum.present)} height="7" rx="3.5"></rect>
      <path class="m" d="M${at(quorum.needed)} 0v12"></path>
    </svg><span class="sr">${quorum.ok ? w.quorate : w.notQuorate}</span></div>`;
}
