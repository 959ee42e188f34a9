// That the meeting is on the web: a calm sign on every screen, and for the officers what is recorded of it.
import { html, nothing } from '../../vendor/lit/lit.js';
import { icon } from '../icons.js';
import { words, clock, day } from '../text.js';

/** The sign of those who follow: what those present are told. @param {object|undefined} cast */
export function webcastNote(cast) {
  if (!cast?.on) return nothing;
  return html`<p class="note">${icon('camera')}<span><b>${words.webcast.onNow}</b> ${cast.information || ''}</span></p>`;
}

/** The officers' line below the header: what is told, the record one press away, and the way to stop. */
export function webcastLine(desk) {
  const cast = desk.s.webcast;
  if (!cast?.on) return nothing;
  const w = words.webcast;
  const stop = (desk.steps.seconds || []).find((step) => step.command?.name === 'stop-webcast');
  return html`<section class="castline" aria-label=${w.now.title}><button class="castsign" aria-label=${`${w.on}. ${w.details}`} @click=${() => desk.open('webcast')}>${icon('camera')}<span>${w.on}</span></button><p class="meta">${cast.information || ''}</p>${
    stop ? html`<button class="btn small" @click=${() => desk.give(stop)}>${w.stop}<span class="sr"> ${w.now.title.toLowerCase()}</span> <kbd aria-hidden="true">W</kbd></button>` : nothing}</section>`;
}

/** Every stretch on the web, what is to be masked, and how long the recording is kept. */
export function webcastRecord(meeting, cast) {
  const w = words.webcast.record;
  const name = (pid) => (pid ? meeting.label(pid) : '');
  return html`<h3 class="casth">${w.spans}</h3><ul class="facts castlist">${cast.spans.map((span) => html`<li><span class="num">${clock(span.started_at)}\u2013${clock(span.stopped_at)}</span><span>${span.ground ? w.grounds[span.ground] : w.ongoing}</span></li>`)}</ul>
    <h3 class="casth">${w.marks}</h3>${cast.marks.length ? html`<ul class="facts castlist">${cast.marks.map((mark) => html`<li><span class="num">${clock(mark.begins_at)}\u2013${clock(mark.ends_at)}</span><span>${mark.reason}<small>${w.by(name(mark.marked_by), clock(mark.marked_at))}</small></span></li>`)}</ul>` : html`<p class="meta">${w.noMarks}</p>`}
    <p class="meta lowgap">${cast.keep_until ? w.keep(day(cast.keep_until), cast.retention_days) : w.noKeep}</p>`;
}
