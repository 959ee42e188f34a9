// The roll call: eyes on the room, three keys; afterwards the same list registers who comes and goes.
import { html, nothing } from '../../../vendor/lit/lit.js';
import { icon } from '../../icons.js';
import { words } from '../../text.js';
import { party } from '../../elements/people.js';
import { needs } from './needs.js';

const SHAPE = { room: ['ok', 'check', 'room'], remote: ['ok', 'link', 'remote'], lobby: ['', 'clock', 'lobby'], returning: ['', 'clock', 'lobby'], dropped: ['bad', 'lost', 'dropped'], absent: ['', 'cross', 'gone'], left: ['', 'cross', 'gone'], viewer: ['', 'eye', 'gone'], expelled: ['', 'cross', 'expelled'] };

/** The members in the order they are called: by party, then name. */
export const rollOrder = (desk) => desk.meeting.byParty((desk.s.presence || []).filter((row) => desk.meeting.person(row.person).role === 'member').map((row) => row.person)).flatMap((group) => group.persons);

/** Who is to be called now: the first not yet answered and not skipped, else the first skipped; null when everybody is done. */
export function called(desk) {
  const waiting = rollOrder(desk).filter((pid) => desk.meeting.presenceOf(pid)?.state === 'expected');
  return waiting.find((pid) => !desk.ui.skipped.includes(pid)) || waiting[0] || null;
}

export const calling = (desk) => !desk.s.meeting.roll_call_done && ['convened', 'roll_call', 'paused'].includes(desk.s.meeting.phase);

/** Answers for the called person and remembers it for the undo. */
export async function answer(desk, kind) {
  const pid = called(desk);
  if (!pid || !calling(desk)) return;
  const row = desk.meeting.presenceOf(pid);
  const remember = () => { desk.ui.undo = [...desk.ui.undo, pid]; };
  if (kind === 'yes') { if (await desk.send('record-arrival', { person: pid })) remember(); return; }
  if (!await desk.send('record-absence', { person: pid, reason: null })) return;
  remember();
  if (kind !== 'substitute') return;
  const next = row?.next_substitute;
  if (!next) { desk.open('call-substitute', { person: pid }); return; }
  const at = desk.meeting.presenceOf(next);
  if (['expected', 'absent'].includes(at?.state) && !await desk.send('record-arrival', { person: next })) return;
  await desk.send('call-in-substitute', { substitute: next, member: pid, only_matter: false, understood: false, override_reason: null });
}

export async function undo(desk) {
  const pid = desk.ui.undo[desk.ui.undo.length - 1];
  if (pid && await desk.send('undo-attendance', { person: pid })) desk.set({ undo: desk.ui.undo.slice(0, -1) });
}

export function skip(desk) {
  const pid = called(desk);
  if (pid) desk.set({ skipped: [...desk.ui.skipped.filter((one) => one !== pid), pid] });
}

/** @param {import('../secretary.js').SecretaryDesk} desk */
export function rollTab(desk) {
  const order = rollOrder(desk);
  const chosen = desk.ui.chosen;
  return html`<main id="main" class="sec" tabindex="-1"><div class="stack deskside">${needs(desk)}<section class="callout card" aria-labelledby="rop">${chosen ? person(desk, chosen) : calling(desk) ? call(desk, order) : settled(desk)}${sums(desk, order)}</section></div>
    <section class="card roll" aria-labelledby="ul"><h2 id="ul">${words.secretary.roll.list}</h2>${legend()}
      <ol>${order.map((pid, i) => entry(desk, pid, i + 1))}</ol>${group(desk, 'substitute', words.secretary.roll.substitutes)}${group(desk, 'attendee', words.secretary.roll.others)}</section></main>`;
}

function call(desk, order) {
  const w = words.secretary.roll;
  const pid = called(desk);
  if (!pid) return html`<p class="eyebrow">${words.secretary.tabs.roll}</p><h1 id="rop">${w.done}</h1><p class="meta">${w.doneText}</p>${undoRow(desk)}`;
  const p = desk.meeting.person(pid);
  const next = desk.meeting.presenceOf(pid)?.next_substitute;
  const at = order.indexOf(pid) + 1;
  const waiting = desk.meeting.inState('lobby', 'returning').length;
  return html`<p class="eyebrow">${w.call(at, order.length)}</p><h1 id="rop">${p.name} ${party(p)}</h1><p class="meta">${p.party_name || ''} · ${w.seat(p.order)}</p>
    <div class="keys">${key('J', w.yes, () => answer(desk, 'yes'), true, desk.ui.busy === 'record-arrival')}${key('F', w.absent, () => answer(desk, 'absent'))}
      ${key('E', next ? w.substitute(desk.meeting.label(next)) : w.noSubstitute, () => answer(desk, 'substitute'))}</div>
    ${undoRow(desk, true)}<div class="note info">${icon('info')}<p>${waiting ? w.lobbyNote(waiting) : w.lobbyNone}</p></div>`;
}

function key(letter, text, press, main = false, busy = false) {
  return html`<button class="keybtn ${main ? 'main' : ''}" @click=${press}><span class="big" aria-hidden="true">${letter}</span><span>${busy ? words.secretary.sending : text}</span></button>`;
}

function undoRow(desk, more = false) {
  const w = words.secretary.roll;
  return html`<p class="row keysx"><button class="btn small" aria-disabled=${desk.ui.undo.length ? nothing : 'true'} @click=${() => undo(desk)}>${w.undo} <kbd aria-hidden="true">⌫</kbd></button>
    ${more ? html`<button class="btn small quiet" @click=${() => skip(desk)}>${w.skip} <kbd aria-hidden="true">H</kbd></button>` : nothing}</p>`;
}

function settled(desk) {
  const w = words.secretary.roll;
  return html`<h1 id="rop">${w.open}</h1><p class="meta">${w.openText}</p>`;
}

/** One person chosen in the list: what is so now, and what can be registered. */
function person(desk, pid) {
  const w = words.secretary.roll;
  const p = desk.meeting.person(pid);
  const row = desk.meeting.presenceOf(pid) || {};
  const facts = [row.serves_for ? w.servesFor(desk.meeting.label(row.serves_for)) : '', row.replaced_by ? w.replacedBy(desk.meeting.label(row.replaced_by)) : '', row.locked_out ? w.locked : '', row.disqualified ? w.disqualified : ''].filter(Boolean);
  const button = (text, press, main = false) => html`<button class="btn ${main ? 'main' : ''} wide" @click=${press}>${text}</button>`;
  const here = ['room', 'remote', 'dropped', 'returning'].includes(row.state);
  const send = (name, data) => async () => { if (await desk.send(name, data)) desk.set({ chosen: null }); };
  return html`<p class="eyebrow">${w.of}</p><h1 id="rop" tabindex="-1">${p.name} ${party(p)}</h1>
    <p class="meta">${[p.title, w[SHAPE[row.state]?.[2]] || w.notHere, ...facts].filter(Boolean).join(' · ')}</p>
    <div class="keys">${row.state === 'expelled' ? nothing : here ? button(w.leave, send('record-departure', { person: pid }), !row.serves_for) : button(w.arrive, send('record-arrival', { person: pid }), true)}
      ${row.may_take_back ? button(w.takeBack, send('take-back-departure', { person: pid })) : nothing}
      ${row.state === 'expected' ? button(w.absence, send('record-absence', { person: pid, reason: null })) : nothing}
      ${p.role === 'member' && !row.counted && !row.replaced_by ? button(w.callIn, () => desk.open('call-substitute', { person: pid })) : nothing}
      ${row.serves_for ? button(w.standDown, send('stand-down', { substitute: pid })) : nothing}</div>
    <p class="row keysx"><button class="btn small quiet" @click=${() => desk.set({ chosen: null })}>${icon('back')}${w.back}</button></p>`;
}

function sums(desk, order) {
  const w = words.secretary.roll;
  const n = (...states) => order.filter((pid) => states.includes(desk.meeting.presenceOf(pid)?.state)).length;
  const one = (label, value) => html`<div><dt>${label}</dt><dd>${value}</dd></div>`;
  return html`<dl class="sums">${one(w.room, n('room'))}${one(w.remote, n('remote'))}${one(w.gone, n('absent', 'left', 'viewer', 'expelled'))}${one(w.left, n('expected', 'lobby', 'returning', 'dropped'))}</dl>`;
}

function legend() {
  const w = words.secretary.roll;
  const one = (level, picture, text) => html`<span class="state ${level}">${icon(picture)}${text}</span>`;
  return html`<p class="legend">${one('ok', 'check', w.room)}${one('ok', 'link', w.remote)}${one('ok', 'back', w.replaced)}${one('calm', 'cross', w.gone)}${one('calm', 'clock', w.lobby)}</p>`;
}

function entry(desk, pid, n) {
  const p = desk.meeting.person(pid);
  const row = desk.meeting.presenceOf(pid) || {};
  const now = calling(desk) && !desk.ui.chosen && called(desk) === pid;
  const [level, picture, word] = row.replaced_by ? ['ok', 'back', 'replaced'] : SHAPE[row.state] || ['', null, null];
  return html`<li class=${`${now || desk.ui.chosen === pid ? 'on' : ''} ${picture ? '' : 'yet'}`}><button class="rowb" aria-current=${now ? 'true' : nothing} @click=${() => desk.set({ chosen: desk.ui.chosen === pid ? null : pid })}>
    <span class="num ix">${n ?? ''}</span><span class="nm">${p.name}</span>${party(p) === nothing ? html`<span></span>` : party(p)}<span class="st ${level}">${now ? icon('forward') : picture ? icon(picture, words.secretary.roll[word]) : nothing}</span></button></li>`;
}

function group(desk, role, title) {
  const rows = (desk.s.presence || []).filter((row) => desk.meeting.person(row.person).role === role).map((row) => row.person);
  if (!rows.length) return nothing;
  const sorted = [...rows].sort((a, b) => desk.meeting.label(a).localeCompare(desk.meeting.label(b), 'sv'));
  return html`<h3 class="rollh">${title}</h3><ul class="rolls">${sorted.map((pid) => entry(desk, pid, null))}</ul>`;
}
