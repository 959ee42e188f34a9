// The middle of the console: the one thing the meeting is doing now.
import { html, nothing } from '../../../vendor/lit/lit.js';
import { blockList } from '../../elements/block.js';
import { words, clock, day } from '../../text.js';
import { icon } from '../../icons.js';
import { majorityNeeded, majorityNote } from '../../elements/majority.js';
import { proposalList } from '../../elements/proposals.js';
import { identityOnStage, atTheDoor } from './primary.js';
import { identityCard } from './identity.js';
import { heading, title } from './heading.js';
import { rollCall, beforeOpening, fromHomeRow, whoIsBack, whoIsHere } from './roll_call.js';
import { divisionOpen, divisionResult } from './division.js';
import { deciding } from './deciding.js';
import { electionStage } from './election.js';
import { floorCard } from './floor.js';

/** @param {import('../chair.js').Desk} desk */
export function stage(desk) {
  const { meeting, matter, division } = desk.s;
  if (meeting.phase === 'closed') return closed(desk);
  if (meeting.phase === 'paused') return paused(desk);
  if (division?.status === 'open') return html`${heading(desk, words.chair.division.ongoing)}${divisionOpen(desk)}`;
  if (division?.status === 'preliminary') return html`${heading(desk, words.chair.result.preliminary)}${divisionResult(desk)}`;
  if (identityOnStage(desk)) return html`${title(words.chair.rollCall.eyebrow, words.chair.rollCall.whoIsRemote)}${identityCard(desk, atTheDoor(desk))}${rollCall(desk)}`;
  if (meeting.phase === 'convened') return beforeOpening(desk);
  if (meeting.phase === 'roll_call' || !meeting.roll_call_done) return html`${title(meeting.body, words.chair.rollCall.title)}${rollCall(desk)}`;
  if (desk.s.block) return block(desk);
  if (!matter || matter.stage === 'finished') return between(desk);
  return html`${heading(desk)}${matterStage(desk)}`;
}

function matterStage(desk) {
  const { matter } = desk.s;
  const proposals = matter.proposals.length ? proposalList(desk.meeting, matter) : nothing;
  if (desk.s.election && matter.stage !== 'decided') return html`${floorCard(desk)}${electionStage(desk)}${background(matter)}`;
  if (matter.stage === 'deciding') return html`${deciding(desk)}`;
  if (matter.stage === 'decided') return html`${decided(desk)}${desk.s.election ? electionStage(desk) : proposals}`;
  return html`${floorCard(desk)}${matter.majority ? majorityNeeded(matter.majority) : nothing}${proposals}${background(matter)}`;
}

function background(matter) {
  const documents = (matter.documents || []).filter((d) => d.title);
  if (!matter.background && !documents.length) return nothing;
  return html`<details class="card quietcard"><summary>${words.chair.background}</summary>${matter.background ? html`<p class="text">${matter.background}</p>` : nothing}
    ${documents.length ? html`<ul class="facts">${documents.map((d) => html`<li>${icon('paper')} ${d.href ? html`<a href=${d.href} target="_blank" rel="noopener">${d.title}</a>` : d.title}</li>`)}</ul>` : nothing}</details>`;
}

function decided(desk) {
  const { matter, division } = desk.s;
  const confirmed = division?.status === 'confirmed' ? division : null;
  return html`<section class="card" aria-labelledby="kl"><h2 id="kl">${words.chair.matterDone}</h2>
    ${matter.decision ? html`<p class="out">${icon('gavel')}<b>${matter.decision.text}</b></p>` : nothing}
    ${confirmed?.tally ? html`<p class="meta lowgap">${words.chair.result.line(confirmed.tally)}</p>` : nothing}${confirmed?.majority ? majorityNote(confirmed.majority) : nothing}</section>`;
}

/** What the chair reads out before the one gavel. */
function block(desk) {
  const w = words.decision.block;
  const { block: taken, meeting } = desk.s;
  return html`${title(meeting.body, w.h)}<section class="card ask" aria-labelledby="ask"><h2 id="ask" class="sr">${w.readAloud}</h2><p class="meta">${w.readAloud}</p>
    <blockquote class="say">${w.say(taken.matters.length, meeting.body_definite)}</blockquote><p class="meta lowgap">${w.ask}</p></section>
    <section class="card">${blockList(desk.meeting, taken, (row) => html`<button class="btn small" aria-label=${w.liftOf(row.title)} @click=${() => desk.open('lift', { matter: row.matter })}>${w.lift}</button>`)}</section>`;
}

function between(desk) {
  const next = (desk.s.agenda || []).find((row) => row.status === 'coming');
  const done = desk.s.matter;
  return html`${title(next ? [words.chair.between.next, next.reference].filter(Boolean).join(' · ') : words.chair.between.eyebrow, next ? next.title : words.chair.between.allDone)}
    ${done?.decision ? html`<section class="card" aria-labelledby="kl"><h2 id="kl">${words.shared.section(done.number)} ${done.title}</h2><p class="out">${icon('gavel')}<b>${done.decision.text}</b></p></section>` : nothing}
    ${next ? nothing : html`<section class="card"><p>${words.chair.between.askReservations}</p></section>`}${whoIsHere(desk)}`;
}

function paused(desk) {
  const { pause } = desk.s.meeting;
  if (pause?.continues_at) return untilDay(desk, pause);
  const until = pause?.minutes ? new Date(Date.parse(pause.since) + pause.minutes * 60000).toISOString() : null;
  const here = desk.meeting.inState('room').length;
  const remote = desk.meeting.inState('remote').length;
  return html`${title(desk.s.matter?.number ? words.shared.section(desk.s.matter.number) : '', until ? words.chair.pause.until(clock(until)) : words.chair.pause.now)}
    <section class="card" aria-labelledby="pa"><h2 id="pa">${words.chair.pause.since(clock(pause?.since))}</h2><p>${pause?.reason || ''}</p>
    <p class="meta lowgap">${words.chair.pause.here(here, remote)}</p>${until ? html`<p class="meta">${words.chair.pause.length(pause.minutes)}</p>` : nothing}</section>${whoIsBack(desk)}`;
}

function untilDay(desk, pause) {
  const w = words.chair.pause;
  return html`${title(desk.s.matter?.number ? words.shared.section(desk.s.matter.number) : '', w.untilDay(day(pause.continues_at), clock(pause.continues_at)))}
    <section class="card" aria-labelledby="pa"><h2 id="pa">${w.since(`${day(pause.since)} ${clock(pause.since)}`)}</h2><p>${pause.reason || ''}</p><p class="meta lowgap">${w.newCall}</p>${fromHomeRow(desk)}</section>${whoIsBack(desk, w.anew)}`;
}

function closed(desk) {
  const w = words.chair.closed;
  return html`${title(desk.s.meeting.body, w.title)}<section class="card"><p class="out">${icon('gavel')}<b>${w.at(clock(desk.s.meeting.closed_at))}</b></p><p class="meta lowgap">${w.now}</p>
    <div class="row lowgap"><a class="btn main" href=${`/meetings/${encodeURIComponent(desk.boot.meeting)}/minutes`}>${w.minutes}</a><a class="btn" href="/meetings">${w.home}</a></div></section>`;
}
