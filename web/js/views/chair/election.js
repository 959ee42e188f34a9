// An election on the console: only how many while the ballot is open, then the numbers, the lots, who is elected.
import { html, nothing } from '../../../vendor/lit/lit.js';
import { words, clockSeconds } from '../../text.js';
import { icon } from '../../icons.js';
import { listed, party } from '../../elements/people.js';
import { conducting, countRow, deferralNote, drawCard, proportionalCard, publishedCard, seatsCard, tieWords } from '../../elements/draw.js';

/** @param {import('../chair.js').Desk} desk */
export function electionStage(desk) {
  const { election } = desk.s;
  const { ballot } = election;
  return html`${election.voided.map((one) => html`<p class="note att">${icon('back')}<span>${words.election.voided(one.reason)}</span></p>`)}
    ${deferralNote(desk.meeting, election)}${ballot ? ballotCard(desk, ballot) : nothing}${ballot || !election.proportional.reached ? nothing : proportionalCard(desk.meeting, election)}${nominations(desk)}${ballot || election.proportional.reached ? nothing : proportionalCard(desk.meeting, election)}`;
}

function ballotCard(desk, ballot) {
  const w = words.election;
  if (ballot.status === 'open') return openCard(desk, ballot);
  if (ballot.status === 'closed') return html`<section class="card"><p class="out">${icon('clock')}<b>${ballot.method === 'electronic' ? w.counting : w.toCount}</b></p></section>`;
  const draw = ballot.draw;
  const out = ballot.tied.length ? (draw?.drawn ? w.falls(draw.lots[draw.drawn - 1]) : tieWords(ballot)[0]) : draw?.drawn ? w.falls(draw.lots[draw.drawn - 1]) : ballot.about === 'today' ? listed(ballot.winners) : w.elected(listed(ballot.winners));
  return html`<section class="card" aria-labelledby="rr"><h2 id="rr" class="sr">${w.votes}</h2>${countRow(ballot)}${ballot.tied.length ? html`<p class="meta">${tieWords(ballot)[1]}</p>` : nothing}<p class="out">${icon('gavel')}<b>${out}</b></p></section>
    ${draw ? drawCard(desk.meeting, draw) : nothing}${seatsCard(ballot)}${publishedCard(ballot)}`;
}

function openCard(desk, ballot) {
  const w = words.election;
  const electronic = ballot.method === 'electronic';
  const [n, rest] = electronic ? w.cast(ballot.received, ballot.voters) : ['', w.slipsOpen(ballot.voters)];
  return html`<section class="card" aria-labelledby="ant"><div class="cardhead"><h2 id="ant" class="count3">${n ? html`<span class="big num">${n}</span>` : nothing}${rest}</h2><span class="meta num">${w.openedAt(clockSeconds(ballot.opened_at))}</span></div>
    ${electronic ? html`<svg class="gauge tall" viewBox="0 0 400 12" preserveAspectRatio="none" aria-hidden="true"><rect class="track" x=".5" y=".5" width="399" height="11" rx="5.5"></rect><rect class="fill" x=".5" y=".5" width=${(399 * ballot.received / Math.max(1, ballot.voters)).toFixed(1)} height="11" rx="5.5"></rect></svg>` : nothing}
    <p class="note lowgap">${icon('lock')}<span>${electronic ? w.onlyCount : w.tellersCollect}</span></p>${conducting(desk.meeting, desk.s.election).map((line) => html`<p class="meta lowgap">${line}</p>`)}${ballot.remote ? html`<p class="meta">${w.remoteOut(ballot.remote)}.</p>` : nothing}</section>`;
}

function nominations(desk) {
  const w = words.election;
  const { election } = desk.s;
  if (election.ballot?.method === 'proportional' && !election.nominations.length) return nothing;
  const found = election.nominations.filter((n) => election.found.includes(n.id)).map((n) => n.called);
  return html`<section class="card" aria-labelledby="nom"><h2 id="nom">${w.nominated} <span class="count">${election.nominations.length}</span></h2>
    ${election.nominations.length ? html`<ul class="list tightlist">${election.nominations.map((n) => html`<li><b>${n.name}</b> ${party({ party: n.party })} <span class="meta">${w.by(desk.meeting.label(n.by))}</span></li>`)}</ul>` : html`<p>${w.nobody}</p>`}
    ${found.length && !election.demanded_by ? html`<p class="out">${icon('check')}<b>${election.kind === 'employment' ? w.foundEmployed(listed(found)) : w.found(listed(found))}</b></p><p class="meta">${w.mayDemand}</p>` : nothing}
    ${election.demanded_by ? html`<div class="note att">${icon('scales')}<p><b>${w.demanded(desk.meeting.label(election.demanded_by))}</b></p></div>` : nothing}
    ${election.service_order.length ? html`<p class="out">${icon('people')}<b>${w.order}: ${listed(election.service_order.map((id) => election.nominations.find((n) => n.id === id)?.called))}</b></p>` : nothing}
    <p class="meta">${w.places(election.places)} ${w.law}</p></section>`;
}
