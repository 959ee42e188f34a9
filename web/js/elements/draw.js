// The drawing of lots as a sum anybody can redo, for the console and the member's page.
import { html, nothing } from '../../vendor/lit/lit.js';
import { icon } from '../icons.js';
import { words, clockSeconds } from '../text.js';
import { listed } from './people.js';

/** «583 217»: digits in threes. */
export const threes = (number) => String(number).replace(/\B(?=(\d{3})+$)/g, ' ');

/** How the sum becomes a lot, in a sentence. */
export const rule = (draw) => `${words.election.alphabetical} ${draw.lots.length === 2 ? words.election.two : words.election.many(draw.lots.length)}`;

/** @param {import('../meeting.js').MeetingView} meeting */
export function drawCard(meeting, draw) {
  const w = words.election;
  const step = (done, title, at, body) => html`<li class=${done ? 'done' : ''}><span class="dot">${done ? icon('check') : nothing}</span><div><b>${title}</b> ${at ? html`<span class="meta num">${clockSeconds(at)}</span>` : nothing}${body}</div></li>`;
  return html`<section class="card" aria-labelledby="dr"><h2 id="dr">${w.draw}</h2><ol class="how2">
    ${step(true, w.lots, null, html`<p>${rule(draw)}</p><p class="row lots">${draw.lots.map((name, i) => html`<span><span class="n">${i + 1}</span> <b>${name}</b></span>`)}</p>`)}
    ${step(Boolean(draw.seal), w.seal, draw.sealed_at, draw.seal ? html`<p>${w.sealShown} <span class="hash num">${draw.seal}</span></p>` : html`<p>${w.sealing}</p>`)}
    ${step(draw.numbers.length > 0, w.numbers, draw.said_at, draw.numbers.length ? html`<p>${draw.numbers.map((said) => html`${w.said(meeting.label(said.person))} <b>${said.number}</b>. `)}</p>` : html`<p>${w.waiting}</p>`)}
    ${draw.drawn ? step(true, w.broken, draw.revealed_at, html`<p class="sumline num"><span>${threes(draw.secret)}</span>${draw.numbers.map((said) => html` + <span>${said.number}</span>`)} = <b>${threes(draw.total)}</b> <span class="even">${w.lot(draw.drawn)}</span></p>
      <details><summary>${w.check}</summary><p class="meta">${w.checkText} <code>${draw.secret}:${draw.nonce}</code> = <code>${draw.seal_whole}</code></p></details>`) : nothing}</ol></section>`;
}

/** The published ballots and codes of a counted electronic ballot. */
export function publishedCard(ballot) {
  const w = words.election;
  if (!ballot.codes.length) return nothing;
  return html`<details class="card quietcard"><summary>${w.published(ballot.slips.length)}</summary><ol class="facts">${ballot.slips.map((slip) => html`<li>${slip.length ? slip.join(', ') : w.blankSlip}</li>`)}</ol>
    <h3>${w.codes}</h3><ul class="facts num">${ballot.codes.map((code) => html`<li>${code}</li>`)}</ul></details>`;
}

/** Who conducts a ballot and who counts its slips, a sentence each. */
export function conducting(meeting, { proportional, ballot }) {
  const w = words.election;
  const tellers = ballot.tellers.map((pid) => meeting.label(pid));
  return [ballot.method === 'proportional' ? w.officer(meeting.label(proportional.returning_officer)) : '', tellers.length ? `${w.tellers}: ${listed(tellers)}.` : ''].filter(Boolean);
}

/** That somebody wants the election deferred, and what a ballot on that is about. */
export function deferralNote(meeting, { deferral, deferral_pending: pending, ballot }) {
  const w = words.election;
  if (!deferral) return nothing;
  return html`<p class="note att">${icon('clock')}<span>${w.deferred(meeting.label(deferral))} ${ballot?.about === 'today' ? `${w.aboutToday}.` : pending ? w.deferredFirst : ''}</span></p>`;
}

/** How far the demand for a proportional election has come, and who conducts it; `acts` are the viewer's own buttons. */
export function proportionalCard(meeting, election, acts = nothing) {
  const w = words.election;
  const { proportional } = election;
  if (!proportional.possible && !proportional.why_not) return nothing;
  const asked = proportional.demanded_by.length;
  return html`<section class="card" aria-labelledby="prop"><h2 id="prop">${w.proportionalHead}</h2>
    ${proportional.why_not ? html`<p>${proportional.why_not}</p>` : html`<p>${w.proportional(asked, proportional.needed)}</p>${asked ? html`<p class="meta">${w.by2(listed(proportional.demanded_by.map((pid) => meeting.label(pid))))}</p>` : nothing}`}
    ${proportional.reached ? html`<p class="note ok lowgap">${icon('check')}<span>${w.reached} ${w.officer(meeting.label(proportional.returning_officer))}</span></p>` : nothing}${acts}</section>`;
}

const share = ([votes, divisor]) => (votes / divisor).toLocaleString(document.documentElement.lang || 'sv', { maximumFractionDigits: 2 });

/** Where each place of a proportional election fell and by what number, so that anybody can count again. */
export function seatsCard(ballot) {
  const w = words.election;
  if (!ballot.seats.length) return nothing;
  return html`<section class="card" aria-labelledby="pl"><h2 id="pl">${w.seats}</h2><table class="table groups"><thead><tr><th scope="col">${w.place}</th><th scope="col">${w.whom}</th><th scope="col">${w.compared}</th></tr></thead>
    <tbody>${ballot.seats.map((seat, i) => html`<tr><td class="num">${i + 1}</td><th scope="row">${seat.name}<small>${seat.group}</small></th><td class="num">${share(seat.compared)}${seat.by_lot ? html`<small>${w.byLot}</small>` : nothing}</td></tr>`)}</tbody></table>
    ${ballot.alike ? nothing : html`<p class="note att"><span>${w.notAlike}</span></p>`}${ballot.ruled ? html`<p class="meta">${w.ruled(ballot.ruled)}</p>` : nothing}</section>`;
}

/** The numbers of a counted ballot: large for the nominated, a table for groups of slips, whose names are long. */
export function countRow(ballot) {
  const w = words.election;
  if (ballot.groups.length) return groupsTable(ballot);
  return html`<div class="result res4">${ballot.rows.map((row) => html`<div class="r"><b class="num">${row.votes}</b><span>${row.called}</span></div>`)}<div class="r"><b class="num">${ballot.blank}</b><span>${w.blank}</span></div>
    <p class="meta">${w.handedIn(ballot.handed_in, ballot.invalid)}</p></div>`;
}

function groupsTable(ballot) {
  const w = words.election;
  const row = (name, slips, places) => html`<tr><th scope="row">${name}</th><td class="num end">${slips}</td><td class="num">${places}</td></tr>`;
  return html`<table class="table groups"><thead><tr><th scope="col">${w.group}</th><th scope="col" class="end">${w.slips}</th><th scope="col">${w.seats}</th></tr></thead>
    <tbody>${ballot.groups.map((g) => row(g.designation, g.ballots, ballot.seats.filter((seat) => seat.group === g.designation).length))}${row(w.blank, ballot.blank, '')}</tbody></table><p class="meta lowgap">${w.handedIn(ballot.handed_in, ballot.invalid)}</p>`;
}

/** Why lots decide, and on what ground: equal votes, or equal numbers compared in a proportional election. */
export const tieWords = (ballot) => (ballot.groups.length ? [words.election.tieGroups, words.election.tieGroupsLaw] : [words.election.tie, words.election.tieLaw]);
