// The right column: what needs the chair first, then what belongs to the moment, then the speakers' list.
import { html, nothing } from '../../../vendor/lit/lit.js';
import { repeat } from '../../../vendor/lit/repeat.js';
import { words } from '../../text.js';
import { icon } from '../../icons.js';
import { fact, named, party } from '../../elements/people.js';
import { lookList } from './look.js';
import { atTheDoor, identityOnStage } from './primary.js';
import '../../elements/speakers.js';
import '../../elements/time.js';

const PICTURES = { webcast: 'camera', dropped: 'lost', lobby: 'people', order: 'hand', 'division-demanded': 'scales', conflict: 'scales', objection: 'warning', quorum: 'warning', viewer: 'eye' };

/** What waits for an answer; what is only to be known stands in sections of its own. */
export function urgentNeeds(desk) {
  return (desk.steps.needs || []).filter((need) => need.level !== 'info' && !(identityOnStage(desk) && need.kind === 'lobby'));
}

/** @param {import('../chair.js').Desk} desk */
export function sidebar(desk) {
  const { meeting: { phase }, division, matter } = desk.s;
  const needs = urgentNeeds(desk);
  const dividing = ['open', 'preliminary'].includes(division?.status);
  return html`${leftOut(desk)}${identityOnStage(desk) ? lobby(desk) : nothing}
    ${needs.length ? needList(desk, needs) : nothing}
    ${lookList(desk)}
    ${told(desk, 'viewer', words.chair.viewers, 'eye')}
    ${division?.status === 'open' ? duringDivision(desk) : nothing}
    ${division?.status === 'preliminary' ? control(desk) : nothing}
    ${dividing ? nothing : ready(desk)}
    ${phase === 'open' && !dividing ? speakers(desk) : nothing}
    ${told(desk, 'expelled', words.chair.conduct.expelled, 'lock')}
    ${told(desk, 'conflict', words.chair.conflict.declared, 'scales')}
    ${matter?.stage === 'decided' && matter.kind === 'decision' ? reservations(desk) : nothing}
    ${!needs.length && !dividing && !identityOnStage(desk) && (!matter || phase !== 'open' || matter.stage === 'finished') ? html`<section><h2>${words.chair.needs}</h2><p class="meta">${words.chair.nothingNeeds}</p></section>` : nothing}`;
}

/** That the server sends some pictures to nobody: the chair judges whether the meeting can go on so. */
function leftOut({ pictures: { leftOut: { slots } } }) {
  return slots.length ? html`<div class="need bad shed" role="status"><span class="state bad">${icon('warning')}<span>${words.chair.leftOut}</span></span><p>${words.shared.leftOut(slots)}</p></div>` : nothing;
}

/** Of the same kind so many stand in the column; the rest is counted and found in the list of presence. */
const FEW = 4;
const FOLDED = ['dropped', 'lobby'];

/** What is shown of the needs, and how many of each kind are not. */
function folded(needs) {
  const seen = {};
  const rest = {};
  const shown = needs.filter(({ kind }) => {
    seen[kind] = (seen[kind] || 0) + 1;
    if (!FOLDED.includes(kind) || seen[kind] <= FEW) return true;
    rest[kind] = (rest[kind] || 0) + 1;
    return false;
  });
  return [shown, Object.entries(rest)];
}

function needList(desk, needs) {
  const [shown, rest] = folded(needs);
  let digit = 0;
  // The digits belong to the choices on the page when there are any, so the needs keep theirs only otherwise.
  const digits = !identityOnStage(desk) && !desk.root.querySelector('main .pick [data-key]');
  return html`<section aria-labelledby="att"><h2 id="att">${words.chair.needs} <span class="count att">${needs.length}</span></h2>
    ${repeat(shown, (need) => need.id, (need) => html`<div class="need ${need.level === 'bad' ? 'bad' : need.level === 'info' ? 'calm' : ''}">
      <span class="state ${need.level === 'info' ? 'calm' : need.level}">${icon(PICTURES[need.kind] || 'info')}<span>${need.title} ${need.since && need.level === 'bad' ? html`<time-since .meeting=${desk.meeting} .since=${need.since}></time-since>` : nothing}</span></span>
      <p>${emphasised(desk, need)}</p>
      ${need.actions?.length ? html`<div class="row">${need.actions.map((step, i) => {
        const key = i === 0 && digits && digit < 3 ? String(++digit) : null;
        return html`<button class="btn small ${i ? 'quiet' : ''}" aria-disabled=${step.blocked ? 'true' : nothing} data-key=${key || nothing} @click=${() => desk.give(step, { person: need.person })}>
          ${step.label}${key ? html` <kbd aria-hidden="true">${key}</kbd>` : nothing}</button>`;
      })}</div>` : nothing}</div>`)}
    ${rest.map(([kind, count]) => html`<button class="btn wide" @click=${() => desk.open('presence')}>${words.chair.moreNeeds[kind](count)}</button>`)}</section>`;
}

/** The server's sentence with the person's name set off when it begins with it. */
function emphasised(desk, { person, text }) {
  const label = person ? desk.meeting.label(person) : null;
  return label && text.startsWith(label) ? html`${named(desk.meeting, person)}${text.slice(label.length)}` : text;
}

function lobby(desk) {
  const w = words.chair.lobby;
  const waiting = desk.meeting.inState('lobby', 'returning');
  const shown = atTheDoor(desk);
  return html`<section aria-labelledby="lob"><h2 id="lob">${w.title} <span class="count att">${waiting.length}</span></h2>
    <ol class="talk">${repeat(waiting, (row) => row.person, (row, i) => html`<li class=${row === shown ? 'cur' : ''}><span class="pos">${i + 1}</span>
      <div class="who"><b>${desk.meeting.person(row.person).name}</b><small>${party(desk.meeting.person(row.person))} ${row === shown ? w.shown : html`${w.waits} <time-since coarse .meeting=${desk.meeting} .since=${row.since}></time-since>`}</small></div>
      ${row === shown ? nothing : html`<button class="btn small quiet" @click=${() => desk.set({ lobby: row.person })}>${w.show}<span class="sr"> ${desk.meeting.label(row.person)}</span></button>`}</li>`)}</ol></section>`;
}

function ready(desk) {
  const list = desk.s.deciding?.ready || [];
  if (!list.length || desk.s.matter?.stage !== 'deciding') return nothing;
  return html`<section aria-labelledby="rd"><h2 id="rd">${words.chair.ready}</h2><ul class="facts">${list.map((one) => fact(one.ok ? 'ok' : 'bad', one.ok ? 'check' : 'warning', one.text))}</ul></section>`;
}

function duringDivision(desk) {
  const w = words.chair.division;
  const { division } = desk.s;
  const remote = desk.meeting.inState('remote');
  const lost = desk.meeting.inState('dropped');
  const well = remote.filter((row) => !['lost', 'none'].includes(desk.meeting.link(row.person)?.state)).length;
  const missing = division.missing?.length || 0;
  return html`<section aria-labelledby="li"><h2 id="li">${words.chair.links.title}</h2>
      <div class="note ${lost.length ? 'bad' : 'ok'}">${icon(lost.length ? 'lost' : 'link')}<p>${lost.length ? w.linksLost(lost.map((row) => desk.meeting.label(row.person))) : remote.length ? w.linksWell(well, remote.length) : w.nobodyRemote}</p></div></section>
    <section aria-labelledby="mu"><h2 id="mu">${w.oral}</h2>${missing ? html`<p class="meta">${w.oralHow}</p>
      <button class="btn wide" data-key="u" @click=${() => desk.open('oral-votes')}>${w.callOut(missing)} <kbd aria-hidden="true">U</kbd></button>` : html`<p class="meta">${w.everyoneVoted}</p>`}</section>
    <section><h2>${w.votes}</h2><p class="meta">${w.votesLater}</p></section>`;
}

function control(desk) {
  const w = words.chair.result;
  return html`<section aria-labelledby="ko"><h2 id="ko">${w.check}</h2><p class="meta">${w.checkHow}</p>
    ${desk.s.division.objections?.length ? nothing : html`<p class="meta lowgap">${w.noObjections}</p>`}</section>`;
}

function speakers(desk) {
  const { debate, matter } = desk.s;
  if (!debate || !matter || ['decided', 'finished'].includes(matter.stage)) return nothing;
  if (matter.stage === 'deciding') return html`<section aria-labelledby="tl"><h2 id="tl">${words.shared.speakersList} <span class="count">${debate.queue.length}</span></h2><p class="meta">${words.chair.debateClosed}</p></section>`;
  return html`<section aria-labelledby="tl"><h2 id="tl">${words.shared.speakersList} <span class="count">${debate.queue.length}</span></h2>
    ${debate.list_closed ? html`<p class="meta">${words.shared.listClosed}</p>` : nothing}
    <speakers-list .meeting=${desk.meeting} .queue=${debate.queue}
      @move=${(e) => desk.send('move-speaker', e.detail)} @floor=${(e) => desk.send('give-floor', e.detail)} @decline=${(e) => desk.send('decline-request', e.detail)}></speakers-list>
    <button class="btn small quiet flush" @click=${() => desk.open('add-speaker')}>${words.chair.speakers.add}</button></section>`;
}

/** What is only to be known, by kind: the viewers, those who have declared a conflict. */
function told(desk, kind, title, picture) {
  const list = (desk.steps.needs || []).filter((need) => need.level === 'info' && need.kind === kind);
  if (!list.length) return nothing;
  const cuts = kind === 'conflict' && desk.s.meeting.conflict_presence === 'leaves' ? words.chair.conflict.cuts : [];
  return html`<section aria-labelledby=${`told-${kind}`}><h2 id=${`told-${kind}`}>${title} <span class="count">${list.length}</span></h2>
    ${list.map((need) => html`<div class="need calm">${need.title === title ? nothing : html`<span class="state calm">${icon(picture)}${need.title}</span>`}<p>${emphasised(desk, need)}</p>
      ${cuts.length && desk.meeting.where(need.person) === 'distance' ? html`<ul class="facts cuts">${cuts.map(([cut, text]) => fact('calm', cut, text))}</ul>` : nothing}
      ${need.actions.length ? html`<div class="row">${need.actions.map((step) => html`<button class="btn small" @click=${() => desk.give(step, { person: need.person })}>${step.label}</button>`)}</div>` : nothing}</div>`)}</section>`;
}

function reservations(desk) {
  const list = desk.s.matter.reservations;
  return html`<section aria-labelledby="rs"><h2 id="rs">${words.chair.reservation.title} <span class="count">${list.length}</span></h2>
    ${list.length ? html`<ul class="facts">${list.map((one) => html`<li>${desk.meeting.label(one.person)}</li>`)}</ul>` : html`<p class="meta">${words.chair.reservation.none}</p>`}</section>`;
}
