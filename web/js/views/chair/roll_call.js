// Before and during the roll call: the sums, and those not yet called with the two answers.
import { html, nothing } from '../../../vendor/lit/lit.js';
import { repeat } from '../../../vendor/lit/repeat.js';
import { words, clock, day } from '../../text.js';
import { icon } from '../../icons.js';
import { party } from '../../elements/people.js';
import { signInAgain } from '../../elements/notice.js';
import { title } from './heading.js';

/** @param {import('../chair.js').Desk} desk */
export function rollCall(desk) {
  const w = words.chair.rollCall;
  const { presence = [] } = desk.s;
  const members = presence.filter((row) => desk.meeting.person(row.person).role === 'member');
  const count = (...states) => among(members, states);
  const left = members.filter((row) => row.state === 'expected');
  const called = members.length - left.length - count('lobby', 'returning');
  const serving = presence.filter((row) => row.serves_for).length;
  return html`<section class="card" aria-labelledby="upp"><h2 id="upp">${w.heading} <span class="meta">${w.called(called, members.length)}</span></h2>
    <svg class="gauge" viewBox="0 0 590 12" preserveAspectRatio="none" aria-hidden="true"><rect class="track" x=".5" y=".5" width="589" height="11" rx="5.5"></rect><rect class="fill" x=".5" y=".5" width=${((589 * called) / Math.max(1, members.length)).toFixed(1)} height="11" rx="5.5"></rect></svg>
    ${sums(members)}
    ${serving ? html`<p class="meta lowgap">${w.substitutes(serving)}</p>` : nothing}
    ${left.length ? html`<h3 class="sub">${w.notCalled} <span class="count">${left.length}</span></h3><ul class="rollnames">${repeat(left, (row) => row.person, (row) => html`<li><span>${desk.meeting.person(row.person).name} ${party(desk.meeting.person(row.person))}</span>
        <button class="btn small" @click=${() => desk.send('record-arrival', { person: row.person })}>${w.here}<span class="sr"> ${desk.meeting.label(row.person)}</span></button>
        <button class="btn small quiet" @click=${() => desk.send('record-absence', { person: row.person, reason: null })}>${w.absentAct}<span class="sr"> ${desk.meeting.label(row.person)}</span></button></li>`)}</ul>` : nothing}</section>
    ${absentSeats(desk)}`;
}

const among = (rows, states) => rows.filter((row) => states.includes(row.state)).length;

/** Four numbers about the members: in the room, remote, absent, left to call. */
function sums(members) {
  const w = words.chair.rollCall;
  return html`<dl class="sums"><div><dt>${w.inRoom}</dt><dd>${among(members, ['room'])}</dd></div><div><dt>${w.remote}</dt><dd>${among(members, ['remote'])}</dd></div>
    <div><dt>${w.absent}</dt><dd>${among(members, ['absent', 'left', 'dropped', 'expelled'])}</dd></div><div><dt>${w.left}</dt><dd>${among(members, ['expected', 'lobby', 'returning'])}</dd></div></dl>`;
}

/** Who is here between two matters, and the seats a substitute could take. */
export function whoIsHere(desk) {
  const members = (desk.s.presence || []).filter((row) => desk.meeting.person(row.person).role === 'member');
  return html`<section class="card" aria-labelledby="here"><h2 id="here">${words.chair.presence.short}</h2>${sums(members)}
    <div class="row lowgap"><button class="btn small" @click=${() => desk.open('presence')}>${words.chair.links.showAll}</button></div></section>${absentSeats(desk)}`;
}

/**
 * The check of who has come before a paused meeting goes on; whoever is at a distance is seen by the link.
 * @param {{check: string, checkHow: string}} w what it is called and how it is done
 */
export function whoIsBack(desk, w = words.chair.pause) {
  const members = (desk.s.presence || []).filter((row) => desk.meeting.person(row.person).role === 'member' || row.serves_for);
  const rows = desk.meeting.byParty(members.filter((row) => ['room', 'left', 'absent', 'expected'].includes(row.state)).map((row) => row.person)).flatMap((group) => group.persons);
  const line = (pid) => {
    const here = desk.meeting.where(pid) === 'room';
    const name = html`<span class="sr"> ${desk.meeting.label(pid)}</span>`;
    return html`<li><span>${desk.meeting.person(pid).name} ${party(desk.meeting.person(pid))} <small class="meta">${words.chair.presence.states[desk.meeting.presenceOf(pid).state]}</small></span>
      <button class="btn small" @click=${() => desk.send(here ? 'record-departure' : 'record-arrival', { person: pid })}>${here ? words.chair.presence.leave : words.chair.presence.arrive}${name}</button></li>`;
  };
  return html`<section class="card" aria-labelledby="back"><h2 id="back">${w.check}</h2><p class="meta">${w.checkHow}</p>${sums(members)}
    <ul class="rollnames lowgap">${repeat(rows, (pid) => pid, line)}</ul></section>${absentSeats(desk)}`;
}

function absentSeats(desk) {
  const w = words.chair.rollCall;
  const empty = (desk.s.presence || []).filter((row) => desk.meeting.person(row.person).role === 'member' && ['absent', 'left', 'dropped', 'expelled'].includes(row.state) && !row.replaced_by && row.next_substitute);
  if (!empty.length) return nothing;
  return html`<section class="card" aria-labelledby="ers"><h2 id="ers">${w.seatsEmpty} <span class="count">${empty.length}</span></h2><ul class="rollnames">${empty.map((row) => html`<li>
    <span>${desk.meeting.label(row.person)}<small class="meta"> ${w.nextInTurn(desk.meeting.label(row.next_substitute))}</small></span>
    <button class="btn small" @click=${() => desk.open('call-substitute', { person: row.person })}>${w.callIn}<span class="sr"> ${w.callInFor(desk.meeting.label(row.person))}</span></button></li>`)}</ul></section>`;
}

/** A chair who presides from home sends a picture first and is then confirmed like everybody else. */
async function fromHome(desk) {
  await desk.pictures.start({ publish: true });
  if (desk.pictures.publishing) await desk.send('enter-lobby');
}

/** The way in for a chair who presides from home, or why there is none. */
export function fromHomeRow(desk) {
  const w = words.chair.opening;
  if (desk.s.me?.state !== 'expected') return nothing;
  const refused = desk.meeting.mayNot('enter-lobby');
  if (refused === null) return html`<div class="row lowgap"><button class="btn" @click=${() => fromHome(desk)}>${w.fromHome}</button></div>`;
  return refused?.code === 'identity-not-strong' ? html`<p class="meta lowgap">${refused.because}</p><div class="row lowgap">${signInAgain(desk.boot, 'btn')}</div>` : nothing;
}

export function beforeOpening(desk) {
  const w = words.chair.opening;
  const { meeting } = desk.s;
  return html`${title(day(meeting.starts_at), meeting.title || meeting.body)}
    <section class="card" aria-labelledby="op"><h2 id="op">${w.starts(clock(meeting.starts_at))}</h2>
    <p>${w.forms[meeting.form] || ''}${meeting.place ? ` ${meeting.place}.` : ''}</p>
    <p class="meta lowgap">${w.regime(meeting.regime?.title || '')}</p>
    ${meeting.regime && meeting.regime.text_confirmed === false ? html`<div class="note att lowgap">${icon('info')}<p>${w.unconfirmed}</p></div>` : nothing}
    ${fromHomeRow(desk)}
    <p class="meta lowgap"><a href=${`/meetings/${encodeURIComponent(desk.boot.meeting)}/hall`} target="_blank" rel="noopener">${w.hall}</a></p></section>${rollCall(desk)}`;
}
