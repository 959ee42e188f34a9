// What kind of matter it is beside a decision: who asks and answers, whose proposal it was and until when, in one line each.
import { html, nothing } from '../../vendor/lit/lit.js';
import { words, day } from '../text.js';

/** @param {import('../meeting.js').Meeting} meeting @param {object} matter the section `matter` */
export function matterAbout(meeting, matter) {
  const { asking, raised } = matter;
  const w = words.shared.about;
  const lines = [];
  if (asking) {
    lines.push(w.asks(meeting.label(asking.asks), meeting.label(asking.answers)));
    lines.push(asking.answered ? w.answered : asking.may_be_put === null ? w.undecided : asking.may_be_put ? w.permitted : w.refused);
    if (asking.only_two && asking.may_be_put !== false) lines.push(w.onlyTwo);
  }
  if (raised) {
    if (raised.by) lines.push(w.raisedBy(meeting.label(raised.by)));
    lines.push(raised.in_time ? w.raisedDue(day(raised.raised_on), day(raised.due_on)) : w.raisedLate(day(raised.raised_on)));
  }
  for (const one of matter.reported || []) lines.push(words.decision.reported(one, day(one.decided_on)));
  return lines.length ? html`<ul class="facts about">${lines.map((line) => html`<li>${line}</li>`)}</ul>` : nothing;
}

/** How the meeting was called, with the last days, for those who keep its papers. */
export function noticeCard(meeting) {
  const w = words.shared.notice;
  const { notice, ground, requested_by: asked = [] } = meeting.sections.meeting;
  const rows = [];
  if (notice?.announce_by) rows.push([w.announced, notice.announced_on ? day(notice.announced_on) : w.never, w.by(day(notice.announce_by))]);
  if (notice?.call_by) rows.push([w.called, notice.called_on ? day(notice.called_on) : w.never, w.by(day(notice.call_by))]);
  if (notice?.urgent_by) rows.push([w.urgent, w.by(day(notice.urgent_by)), '']);
  if (ground && ground !== 'ordinary') rows.push([w.ground, w.grounds[ground], asked.map((pid) => meeting.label(pid)).join(', ')]);
  if (!rows.length) return nothing;
  return html`<section class="card" aria-labelledby="nt"><h2 id="nt">${w.h}</h2><ul class="plist">${rows.map(([what, when, last]) => html`<li><span class="p"></span><div><b>${what}: ${when}</b>${last ? html`<small>${last}</small>` : nothing}</div></li>`)}</ul></section>`;
}
