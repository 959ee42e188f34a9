// The hall screen's header: § and matter to the left, quorum to the right, always there.
import { html, nothing } from '../../../vendor/lit/lit.js';
import { icon } from '../../icons.js';
import { words } from '../../text.js';

export function header({ s }) {
  const { matter, meeting, quorum } = s;
  const shown = matter && matter.stage !== 'finished' && meeting.phase !== 'closed' ? matter : null;
  const w = words.shared;
  return html`<header class="hh"><div class="hm">${shown?.number ? html`<span class="hp">${w.section(shown.number)}</span>` : nothing}<h1>${shown ? shown.title : meeting.body}</h1></div>
    <div class="hq"><b>${w.present(quorum.present)}</b><span>${w.needed(quorum.needed)}</span>${s.webcast?.on ? html`<span class="hcast">${icon('camera')}${words.webcast.on}</span>` : nothing}${meeting.rehearsal ? html`<b>${w.rehearsal}</b>` : nothing}</div></header>`;
}
