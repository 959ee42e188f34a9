// The drawing of lots as a sum anybody can redo, for the console and the member's page.
import { html, nothing } from '../../vendor/lit/lit.js';
import { icon } from '../icons.js';
import { words, clockSeconds } from '../text.js';

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

const share = ([votes, divisor]) => (votes / divisor).toLocaleString(document.documentElement.lang || 'sv', { maximumFractionDigits: 2 });

/** Where each place of a proportional election fell and by what number, so that anybody can count again. */
export function seatsCard(ballot) {
  const w = words.election;
  if (!ballot.seats.length) return nothing;
  return html`<section class="card" aria-labelledby="pl"><h2 id="pl">${w.seats}</h2><div class="tw"><table class="table"><thead><tr><th scope="col">${w.place}</th><th scope="col">${w.group}</th><th scope="col">${w.compared}</th><th scope="col">${w.whom}</th></tr></thead>
    <tbody>${ballot.seats.map((seat, i) => html`<tr><td class="num">${i + 1}</td><td>${seat.group}</td><td class="num">${share(seat.compared)}${seat.by_lot ? html` <span class="meta">${w.byLot}</span>` : nothing}</td><td>${seat.name}</td></tr>`)}</tbody></table></div>
    ${ballot.alike ? nothing : html`<p class="note att"><span>${w.notAlike}</span></p>`}${ballot.ruled ? html`<p class="meta">${w.ruled(ballot.ruled)}</p>` : nothing}</section>`;
}

/** The numbers of a counted ballot. */
export function countRow(ballot) {
  const w = words.election;
  const rows = ballot.groups.length ? ballot.groups.map((g) => [g.designation, g.ballots]) : ballot.rows.map((row) => [row.called, row.votes]);
  return html`<div class="result res4">${rows.map(([name, votes]) => html`<div class="r"><b class="num">${votes}</b><span>${name}</span></div>`)}<div class="r"><b class="num">${ballot.blank}</b><span>${w.blank}</span></div>
    <p class="meta">${w.handedIn(ballot.handed_in, ballot.invalid)}</p></div>`;
}
