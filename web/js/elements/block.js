// The matters of a block with what each is decided as: on the console, the member's page and the hall screen.
import { html, nothing } from '../../vendor/lit/lit.js';
import { words } from '../text.js';

/**
 * @param {import('../meeting.js').Meeting} meeting
 * @param {{matters: Array<object>}} block
 * @param {(row: object) => unknown} extra what stands beside each matter
 */
export function blockList(meeting, block, extra = () => nothing) {
  const w = words.decision.block;
  const names = (pids) => pids.map((pid) => meeting.label(pid)).join(', ');
  return html`<ol class="list blocklist">${block.matters.map((row) => html`<li><div class="grow"><b>${row.title}</b>${row.reference ? html` <span class="meta">${row.reference}</span>` : nothing}
    <p class="meta">${row.points.join(' ')}</p>${row.abstaining.length ? html`<p class="meta">${w.aside(names(row.abstaining))}</p>` : nothing}${row.conflicts.length ? html`<p class="meta">${w.conflicts(names(row.conflicts))}</p>` : nothing}</div>${extra(row)}</li>`)}</ol>`;
}
