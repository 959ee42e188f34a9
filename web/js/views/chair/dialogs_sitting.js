// Dialogs of the sitting: pause, hand over the chair, appoint verifiers, close.
import { html, nothing } from '../../../vendor/lit/lit.js';
import { words, clock, day, instant } from '../../text.js';
import { icon } from '../../icons.js';
import { notice } from '../../elements/notice.js';
import { listed } from '../../elements/people.js';
import { checkField, countedNow, formDialog, lineField, personField, pickField, textField, valueOf } from './form.js';

const DAY = 864e5;
const dateOf = (at) => new Date(at).toLocaleDateString('sv-SE', { timeZone: 'Europe/Stockholm' });
const timeOf = (at) => clock(at).replace('.', ':');

export function pauseDialog(desk) {
  const w = words.chair.pause;
  if (valueOf(desk, 'minutes') === 'day') return pauseDayDialog(desk, { lengths: w.lengths });
  const chosen = valueOf(desk, 'minutes') || '10';
  return formDialog(desk, { title: w.title, label: w.act(chosen === 'none' ? null : chosen), lead: html`<p>${w.lead}</p>`,
    fields: html`${pickField({ name: 'minutes', legend: w.howLong, inline: true, chosen: '10', options: w.lengths })}${lineField({ name: 'reason', label: w.reason, desk, draft: 'pause-reason' })}`,
    run: (values) => desk.send('pause-meeting', { minutes: values.minutes === 'none' ? null : Number(values.minutes), reason: values.reason.trim() }, { draft: 'pause-reason', close: true }) });
}

/** Until another day: everybody goes home and the roll is called anew. `lengths` when it is chosen among the lengths of a pause. */
export function pauseDayDialog(desk, { lengths = null }) {
  const w = words.chair.pause;
  const { pause, starts_at } = desk.s.meeting;
  const proposed = dateOf(Math.max(desk.meeting.now(), pause?.continues_at ? Date.parse(pause.continues_at) - DAY : 0) + DAY);
  const first = dateOf((pause ? Date.parse(pause.since) : desk.meeting.now()) + DAY);
  const when = instant(desk.ui.form.on ?? proposed, desk.ui.form.at ?? timeOf(starts_at));
  const why = Number.isNaN(when.getTime()) ? w.needDay : null;
  return formDialog(desk, { title: w.dayTitle, label: why ? w.dayTitle : w.dayAct(day(when), clock(when)), why, lead: html`<p>${w.dayLead}</p>`,
    fields: html`${lengths ? pickField({ name: 'minutes', legend: w.howLong, inline: true, chosen: 'day', options: lengths }) : nothing}
      <div class="row">${lineField({ name: 'on', label: w.dayOn, type: 'date', value: proposed, min: first })}${lineField({ name: 'at', label: w.dayAt, type: 'time', value: timeOf(starts_at) })}</div>
      ${lineField({ name: 'reason', label: w.reason, desk, draft: 'pause-reason' })}`,
    run: (values) => desk.send('pause-until-day', { continues_at: when.toISOString(), reason: values.reason.trim() || null }, { draft: 'pause-reason', close: true }) });
}

/** First those whose turn it is; anybody else is chosen by the body. For one matter alone the chair comes back by itself. */
export function handoverDialog(desk, { step }) {
  const w = words.chair.handover;
  const turn = desk.s.conduct?.preside || [];
  const others = countedNow(desk).filter((pid) => pid !== desk.s.meeting.chair);
  const person = valueOf(desk, 'person') || turn[0]?.person || '';
  const asked = step?.command?.data?.matter || null;
  const matter = asked || (desk.s.matter && !desk.s.matter.decision ? desk.s.matter.matter : null);
  const row = (desk.s.agenda || []).find((one) => one.matter === matter);
  const scope = valueOf(desk, 'scope') || (asked ? 'matter' : 'rest');
  const ground = turn.find((one) => one.person === person)?.ground;
  return formDialog(desk, { title: w.title, lead: html`<p>${w.lead}</p>${desk.s.meeting.verifiers.includes(person) ? html`<p class="note att">${icon('warning')}<span>${w.verifies(desk.meeting.label(person))}</span></p>` : nothing}`, label: person ? w.act(desk.meeting.label(person)) : w.actNobody, why: person ? null : w.needPerson,
    fields: html`${personField(desk, { label: w.who, hint: ground ? w.ground(ground) : person ? w.notInTurn : w.nobodyInTurn, pids: others, chosen: person })}
      ${person && !ground ? checkField({ name: 'elected', label: w.elected(desk.s.meeting.body_definite, desk.meeting.label(person)) }) : nothing}
      ${row ? pickField({ name: 'scope', legend: w.scope, chosen: scope, options: [['matter', w.onlyMatter(row.number ? words.shared.section(row.number) : row.title), w.comesBack], ['rest', w.rest]] }) : nothing}`,
    run: (values) => desk.send('hand-over-chair', { person, matter: row && scope === 'matter' ? matter : null, elected: Boolean(values.elected) }, { close: true }) });
}

export function verifiersDialog(desk) {
  const w = words.chair.verifiers;
  const draft = 'verifiers-place';
  const pids = countedNow(desk).filter((pid) => pid !== desk.s.meeting.chair);
  const needed = desk.s.meeting.standing_orders?.verifiers || 2;
  const seats = Array.from({ length: needed }, (_, i) => `v${i}`);
  const kept = seats.map((name) => `verifiers-${name}`);
  const wanted = seats.map((name, i) => valueOf(desk, name, kept[i])).map((pid) => (pids.includes(pid) ? pid : ''));
  const chosen = wanted.filter(Boolean);
  const why = chosen.length < needed ? w.needAll(needed) : new Set(chosen).size < needed ? w.needDifferent : !valueOf(desk, 'place', draft).trim() ? w.needPlace : null;
  return formDialog(desk, { title: w.title, lead: html`<p>${w.lead}</p>`, label: chosen.length ? w.act(listed(chosen.map((pid) => desk.meeting.label(pid)))) : w.actNobody, why,
    fields: html`${seats.map((name, i) => personField(desk, { name, label: w.who(i + 1), pids, chosen: wanted[i], draft: kept[i] }))}
      ${textField(desk, { name: 'place', label: w.place, hint: w.placeHint, rows: 2, draft })}`,
    run: (values) => desk.send('appoint-verifiers', { persons: chosen, place_and_time: values.place.trim() }, { draft: [draft, ...kept], close: true }) });
}

/** One question asked aloud, the facts already true; closing is grey until the question is asked. */
export function closeDialog(desk) {
  const w = words.chair.close;
  const { meeting, agenda = [] } = desk.s;
  const coming = agenda.filter((row) => row.status === 'coming');
  const called = meeting.phase !== 'roll_call';  // before that nothing is decided that anybody could reserve against
  const asked = meeting.reservations_asked || !called;
  const row = (good, head, body, act = nothing) => html`<section class="crow"><span class="dot ${good ? 'ok' : 'here'}">${good ? icon('check') : nothing}</span><div><h2>${head}</h2>${body}</div>${act}</section>`;
  return html`<h1 id="dt">${w.title}</h1><p>${w.lead(meeting.body, day(meeting.starts_at), clock(meeting.opened_at))}</p>
    <div class="closing">${called ? row(asked, w.reservations, html`${asked ? html`<p class="meta">${w.reservationsAsked}</p>` : html`<blockquote class="say small">${w.question}</blockquote><p class="meta">${w.after}</p>`}`) : nothing}
      ${row(!coming.length, coming.length ? w.mattersLeft : w.matters, html`<p class="meta">${coming.length ? w.left(coming.length) : w.noneLeft(agenda.length)}</p>`)}
      ${row(meeting.verifiers.length > 0, w.verifiers, html`<p class="meta">${meeting.verifiers.length ? listed(meeting.verifiers.map((pid) => desk.meeting.label(pid))) : w.noVerifiers}</p>`,
        meeting.verifiers.length ? nothing : html`<button class="btn small" @click=${() => desk.open('verifiers')}>${w.appoint}</button>`)}</div>
    ${notice(desk.ui.notice, () => desk.set({ notice: null }))}
    <div class="dend"><button class="btn quiet" @click=${() => desk.dismiss()}>${w.back} <kbd aria-hidden="true">Esc</kbd></button>
      ${asked ? html`<button class="btn main big" @click=${() => desk.send('close-meeting', {}, { close: true })}><span>${desk.ui.busy ? words.chair.sending : w.title}<small>${words.chair.cannotBeUndone}</small></span></button>`
        : html`<button class="btn" aria-disabled="true" aria-describedby="whye" @click=${() => desk.voice.say(w.askFirst)}><span>${w.title}<small id="whye">${w.askFirst}</small></span></button>
          <button class="btn main big" @click=${() => desk.send('ask-for-reservations', {})}>${desk.ui.busy ? words.chair.sending : w.noMore}</button>`}</div>`;
}
