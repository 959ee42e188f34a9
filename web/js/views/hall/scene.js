// What fills the hall screen: check-in, the speaker, the question, the division, the result, a pause.
import { html, nothing } from '../../../vendor/lit/lit.js';
import { words, clock, day, lower, minutes } from '../../text.js';
import { splitBar, votesByParty } from '../../elements/board.js';
import { mark, party } from '../../elements/people.js';
import { Ticking, define } from '../../light.js';
import { numberOf, stands } from '../../elements/proposals.js';
import { electionScene } from './election.js';
import { isLong } from './fit.js';
import '../../elements/time.js';

/** Up to so many voters fit the tally board in larger letters. */
const FEW = 24;

/** @param {import('../hall.js').Hall} hall */
export function scene(hall) {
  const { meeting, matter, division, debate } = hall.s;
  if (meeting.phase === 'closed') return sentence(words.hall.closed, words.hall.closedAt(clock(meeting.closed_at)));
  if (meeting.phase === 'paused') return paused(hall);
  if (['convened', 'roll_call'].includes(meeting.phase) || !meeting.roll_call_done) return checkIn(hall);
  if (meeting.doors_closed) return sentence(words.hall.doors, words.hall.doorsBelow);
  if (division?.status === 'open') return voting(division);
  if (division?.status === 'preliminary' || (division?.status === 'confirmed' && matter?.stage === 'decided')) return tallyBoard(hall, division);
  if (showsWall(hall)) return everybody(hall);
  if (debate?.floor) return speaker(hall);
  if (hall.s.election && !['decided', 'finished'].includes(matter?.stage)) return electionScene(hall);
  if (matter?.stage === 'deciding') return question(hall);
  if (matter?.stage === 'decided' && matter.decision) return sentence(words.hall.decision, '', matter.decision.text);
  if (hall.s.block) return html`<main class="hdecision"><p class="hk">${words.decision.block.h}</p><ol class="hprops">${hall.s.block.matters.map((row, i) => html`<li><span class="n" aria-hidden="true">${i + 1}</span><div><b>${row.title}</b><small>${row.points.join(' ')}</small></div></li>`)}</ol></main>`;
  if (!matter || matter.stage === 'finished') return between(hall);
  return debateOpen(hall);
}

/** Whether everybody at a distance is shown now: when asked for, and never over numbers, elections or closed doors. */
export function showsWall(hall) {
  const { meeting, matter, division, election } = hall.s;
  if (!hall.wall || meeting.phase !== 'open' || !meeting.roll_call_done || meeting.doors_closed) return false;
  const decided = ['decided', 'finished'].includes(matter?.stage);
  return !(['open', 'preliminary'].includes(division?.status) || (division?.status === 'confirmed' && matter?.stage === 'decided') || (election && !decided));
}

function everybody(hall) {
  const { debate } = hall.s;
  const floor = debate?.floor?.person;
  const { pictures, meeting } = hall;
  return html`<main class="hwall"><wall-picture .stream=${pictures.streams.wall || null} .plan=${pictures.wall.plan} .meeting=${meeting} .speaker=${floor || ''}></wall-picture>
    <p class="hwho">${floor ? html`<b>${words.shared.hasFloor}: ${meeting.person(floor).name}</b> ${party(meeting.person(floor))} · ${meeting.where(floor) === 'distance' ? words.shared.remote : words.shared.room}` : html`<b>${words.shared.wall.title}</b>`}</p></main>`;
}

const sentence = (title, below, said = '', more = nothing) => html`<main class="hdecision"><p class="hk">${said ? title : ''}</p><h2 class=${isLong(said) ? 'long' : ''}>${said || title}</h2>${below ? html`<p>${below}</p>` : nothing}${more}</main>`;

/** What those present are told of the webcast, where the screen has little else to say. */
const castText = ({ s }) => (s.webcast?.on && s.webcast.information ? html`<p class="hsub dim">${words.webcast.onNow} ${s.webcast.information}</p>` : nothing);

function paused(hall) {
  const { pause } = hall.s.meeting;
  const until = pause?.minutes ? new Date(Date.parse(pause.since) + pause.minutes * 60000).toISOString() : null;
  if (pause?.continues_at) return sentence(words.hall.pausedUntilDay(day(pause.continues_at, 'long'), clock(pause.continues_at)), pause.reason || '', '', castText(hall));
  return sentence(until ? words.hall.pausedUntil(clock(until)) : words.hall.paused, pause?.reason || '', '', castText(hall));
}

function between(hall) {
  const next = (hall.s.agenda || []).find((row) => row.status === 'coming');
  return next ? html`<main class="hdecision"><p class="hk">${words.hall.nextMatter}</p><h2>${next.title}</h2>${castText(hall)}</main>` : sentence(hall.s.meeting.title || hall.s.meeting.body, '');
}

function proposalLine(matter) {
  const standing = matter.proposals.filter(stands);
  return standing.length ? html`<footer class="hf">${standing.map((p, i) => html`<span><b>${i + 1}</b> ${p.title}</span>`)}</footer>` : html`<footer class="hf"></footer>`;
}

function debateOpen(hall) {
  const { matter, debate } = hall.s;
  const standing = matter.proposals.filter(stands);
  return html`<main class="hdecision"><p class="hk">${matter.kind === 'decision' ? words.hall.debate : matter.asking ? words.shared.about.asks(hall.meeting.label(matter.asking.asks), hall.meeting.label(matter.asking.answers)) : ''}</p>
    ${standing.length ? html`<ol class="hprops">${standing.map((p, i) => html`<li><span class="n" aria-hidden="true">${i + 1}</span><div><b>${p.title}</b><small>${p.text || (p.points || []).join(' ')}</small></div></li>`)}</ol>` : nothing}</main>
    <footer class="hf">${debate?.queue.length ? html`<span>${words.hall.then}: ${debate.queue.slice(0, 3).map((row) => hall.meeting.label(row.person)).join(', ')}</span>` : nothing}</footer>`;
}

function speaker(hall) {
  const { debate, matter } = hall.s;
  const { floor } = debate;
  const person = hall.meeting.person(floor.person);
  const remote = hall.meeting.where(floor.person) === 'distance';
  return html`<main class="hs"><section class="hv" aria-label=${words.shared.hasFloor}>
      <video-tile .stream=${(remote ? hall.pictures.streams.floor : null) || null} .label=${words.shared.speaking(person.name)} .still=${person.photo || null} .note=${remote ? '' : words.hall.inRoom}></video-tile></section>
    <section class="hi"><p class="hk">${floor.kind === 'speech' ? words.shared.hasFloor : words.shared.speech[floor.kind]}</p><h2>${person.name}</h2><p class="hparty">${party(person)} ${person.party_name || person.title || ''} · ${remote ? words.shared.remote : words.shared.room}</p>
      <hall-time .meeting=${hall.meeting} .since=${floor.since} .limit=${floor.limit_seconds || 0}></hall-time>
      ${debate.queue.length ? html`<div class="hn"><p class="hk">${words.hall.then}</p><ol>${debate.queue.slice(0, 3).map((row) => html`<li>${hall.meeting.label(row.person)}</li>`)}</ol></div>` : nothing}</section></main>${matter ? proposalLine(matter) : nothing}`;
}

function question(hall) {
  const { deciding, matter } = hall.s;
  const now = deciding?.contests?.find((contest) => contest.id === deciding.current);
  const found = now?.candidates.find((one) => one.id === now.found);
  const said = now?.demanded_by ? words.member.decide.demanded(hall.meeting.label(now.demanded_by)) : found ? words.member.decide.found(lower(found.label)) : '';
  const options = now?.candidates || matter.proposals.filter(stands).map((p) => ({ id: p.id, label: p.title, text: p.text || (p.points || []).join(' ') }));
  return html`<main class="hdecision"><p class="hk">${words.hall.deciding}</p>${matter.majority ? html`<p class="hsub">${matter.majority.text}</p>` : nothing}<ol class="hprops">${options.map((one, i) => html`<li><span class="n" aria-hidden="true">${numberOf(matter, one.id) ?? i + 1}</span><div><b>${one.label}</b>${one.text && one.text !== one.label ? html`<small>${one.text}</small>` : nothing}</div></li>`)}</ol>${said ? html`<p class="hsub">${said}.</p>` : nothing}</main>`;
}

/** How many, never who, until it is closed. */
function voting(division) {
  const [big, rest] = words.hall.cast(division.cast, division.voters);
  const width = (589 * division.cast) / Math.max(1, division.voters);
  return html`<main class="hval"><p class="hk">${words.hall.voting}</p><p class="hbig"><b class="num">${big}</b>${rest}</p>
    <svg class="gauge" viewBox="0 0 590 12" preserveAspectRatio="none" aria-hidden="true"><rect class="track" x=".5" y=".5" width="589" height="11" rx="5.5"></rect><rect class="fill" x=".5" y=".5" width=${width.toFixed(1)} height="11" rx="5.5"></rect></svg>
    <div class="hvote"><p>${mark('yes')}<span>${division.yes.label}</span></p><p>${mark('no')}<span>${division.no.label}</span></p></div></main>`;
}

function tallyBoard(hall, division) {
  const { tally } = division;
  const title = division.casting_needed ? words.hall.tie : division.status === 'confirmed' && division.carried_label ? words.hall.decidedBy(division.carried_label) : words.hall.preliminary;
  const w = words.shared;
  return html`<main class="hb"><section class="hres" aria-label=${title}><p class="hw">${title}</p><div class="hnums">
      <p class="ja"><b>${tally.yes}</b><span>${w.yes}</span><small>${division.yes.label}</small></p><p class="nej"><b>${tally.no}</b><span>${w.no}</span><small>${division.no.label}</small></p>
      <p class="avs"><b>${tally.abstain}</b><span>${w.abstain}</span><small>${w.noVoteCount(tally.absent)}</small></p></div>${splitBar(tally, 24)}${division.majority ? html`<p class="hsub">${division.majority.text}</p>` : nothing}</section>
    <div class="hboard ${division.voters <= FEW ? 'few' : ''}">${votesByParty(hall.meeting, division, { absent: division.missing, group: 'hg', heading: 'h2' })}</div></main>`;
}

function checkIn(hall) {
  const { meeting } = hall.s;
  const w = words.hall;
  const code = hall.meeting.code;
  if (!code) return html`<main class="hdecision"><p class="hk">${day(meeting.starts_at, 'long')}</p><h2>${meeting.title || meeting.body}</h2><p>${w.soon(clock(meeting.starts_at))}${meeting.place ? ` · ${meeting.place}` : ''}</p>${castText(hall)}</main>`;
  return html`<main class="hc"><section class="hcl"><p class="hk">${w.checkIn}</p><h2>${w.scan}</h2>
      <p class="code num" role="img" aria-label=${w.code([...code.code].join(' '))}>${[...code.code].map((digit) => html`<span aria-hidden="true">${digit}</span>`)}</p>
      <p class="hsub">${location.host}</p>
      <p class="hsub dim"><code-left .until=${code.until}></code-left></p><p class="hsub dim">${w.noPhone}</p>${castText(hall)}</section>
      ${code.qr ? html`<img class="qr" src=${code.qr} alt=${w.qr}>` : nothing}</main>
    <footer class="hf"><span>${day(meeting.starts_at, 'long')} kl. ${clock(meeting.starts_at)}</span>${meeting.place ? html`<span>${meeting.place}</span>` : nothing}</footer>`;
}

class CodeLeft extends Ticking {
  static properties = { until: { type: Number } };

  render() { return html`${words.hall.newCode(minutes((this.until - Date.now()) / 1000))}`; }
}

/** The time left, large; the gauge steps once a second. */
class HallTime extends Ticking {
  static properties = { meeting: { attribute: false }, since: {}, limit: { type: Number } };

  render() {
    const used = this.meeting.since(this.since);
    if (!this.limit) return html`<div class="ht"><b class="num">${minutes(used)}</b></div>`;
    const left = this.limit - used;
    const width = Math.min(399, (399 * used) / this.limit);
    return html`<div class="ht"><b class="num">${left < 0 ? '+' : ''}${minutes(Math.abs(left))}</b><span>${left < 0 ? words.chair.overTime : words.hall.leftOf(minutes(this.limit))}</span></div>
      <svg class="gauge" viewBox="0 0 400 12" preserveAspectRatio="none" aria-hidden="true"><rect class="track" x=".5" y=".5" width="399" height="11" rx="5.5"></rect><rect class="fill ${left < 0 ? 'att' : ''}" x=".5" y=".5" width=${width.toFixed(1)} height="11" rx="5.5"></rect></svg>`;
  }
}

define('code-left', CodeLeft);
define('hall-time', HallTime);
