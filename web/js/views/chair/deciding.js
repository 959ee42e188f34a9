// Deciding a matter: the words to read aloud, what the chair finds, and the ladder when there is more than one question.
import { html, nothing } from '../../../vendor/lit/lit.js';
import { live } from '../../../vendor/lit/live.js';
import { words } from '../../text.js';
import { icon } from '../../icons.js';
import { state } from '../../elements/people.js';
import { majorityNeeded } from '../../elements/majority.js';
import { isLong, moreLess } from './folded.js';
import { numberOf, proposalList } from '../../elements/proposals.js';

/** @param {import('../chair.js').Desk} desk */
export function deciding(desk) {
  const { deciding: { contests = [], current } = {}, matter } = desk.s;
  const now = contests.find((contest) => contest.id === current);
  return html`${matter.minority ? minority(desk) : nothing}${matter.majority ? majorityNeeded(matter.majority) : nothing}
    ${now ? question(desk, now) : nothing}
    ${contests.length > 1 || (now && now.candidates.length > 2) ? ladder(desk, contests, current) : nothing}
    ${now ? nothing : proposalList(desk.meeting, matter)}`;
}

function question(desk, contest) {
  const w = words.chair.deciding;
  const chosen = desk.ui.pick || contest.found || contest.candidates[0]?.id;
  // Every question is put before the chair says what is found; after that the one that was found is repeated.
  const aloud = contest.found || contest.division ? [contest.read_aloud] : contest.candidates.map((one) => one.read_aloud);
  return html`<section class="card ask" aria-labelledby="ask"><h2 id="ask" class="sr">${w.question}</h2>
    <p class="meta">${w.readAloud}</p><blockquote class="say ${aloud.length > 2 ? 'small' : aloud.join(' ').length > 120 ? 'smaller' : ''}">${aloud.map((question) => html`<p>${question}</p>`)}</blockquote>
    ${contest.found ? found(desk, contest) : html`<fieldset><legend class="label">${w.iFind}</legend><div class="pick">${contest.candidates.map((one, i) => candidate(desk, one, i, chosen))}</div></fieldset>`}</section>`;
}

/** One that may be found carried; a long text stands by its first lines, and whole when asked for. */
function candidate(desk, one, i, chosen) {
  const text = one.text && one.text !== one.label ? one.text : '';
  return html`<div><label data-key=${String(i + 1)}>
      <input type="radio" name="found" .checked=${live(chosen === one.id)} @change=${() => desk.set({ pick: one.id })}><span><b>${candidateName(desk, one)}</b>${text ? html`<small class=${isLong(text) ? 'clamped' : nothing}>${text}</small>` : nothing}</span><kbd aria-hidden="true">${i + 1}</kbd></label>
      ${isLong(text) ? html`<details class="under"><summary class="more-less">${moreLess()}<span class="sr"> ${candidateName(desk, one)}</span></summary></details>` : nothing}</div>`;
}

function found(desk, contest) {
  const w = words.chair.deciding;
  const one = contest.candidates.find((candidate) => candidate.id === contest.found);
  return html`<p class="out">${icon('check')}<b>${w.found(candidateName(desk, one))}</b></p>
    ${contest.demanded_by ? html`<div class="note att">${icon('scales')}<p><b>${w.demanded(desk.meeting.label(contest.demanded_by))}</b></p></div>` : html`<p class="meta">${w.mayStillDemand}</p>`}`;
}

/** «1 · Kommunstyrelsens förslag»: with its number when it has one. */
function candidateName(desk, one) {
  const number = numberOf(desk.s.matter, one.id);
  return number ? `${number} · ${one.label}` : one.label;
}

function ladder(desk, contests, current) {
  const w = words.chair.deciding;
  return html`<section class="card" aria-labelledby="lad"><h2 id="lad">${w.order}</h2><ol class="ladder">${contests.map((contest, i) => {
    const here = contest.id === current;
    const done = Boolean(contest.outcome);
    return html`<li class="rung ${done ? 'done' : here ? 'here' : ''}" aria-current=${here ? 'step' : nothing}><span class="dot">${done ? icon('check') : nothing}</span><div>
      <h3>${i + 1} · ${w.kinds[contest.kind] || contest.kind}<span class="when">${done ? w.doneStep : here ? w.nowStep : w.later}</span></h3>
      <div class="duel ${contest.candidates.length > 2 ? 'many' : ''}">${contest.candidates.map((one, j) => html`${j ? html`<span class="vs">${w.against}</span>` : nothing}<div class="side ${done ? (contest.outcome === one.id ? 'win' : 'lost') : ''}"><p><b>${candidateName(desk, one)}</b>${done ? html`<small>${contest.outcome === one.id ? w.won : w.fell}</small>` : contest.found === one.id ? html`<small>${w.foundHere}</small>` : nothing}</p></div>`)}</div>
      ${contest.demanded_by ? html`<p class="meta">${w.demanded(desk.meeting.label(contest.demanded_by))}</p>` : nothing}</div></li>`;
  })}</ol></section>`;
}

/** One number against one limit: the minority that may send the matter back. */
function minority(desk) {
  const { minority: m } = desk.s.matter;
  const w = words.chair.minority;
  const at = (n) => (589 * Math.min(1, n / Math.max(1, m.present))).toFixed(1);
  return html`<section class="card" aria-labelledby="mi"><div class="cardhead"><h2 id="mi">${w.title}</h2>${m.reached ? state('ok', 'check', w.enough) : state('calm', 'info', w.notEnough)}</div>
    <p class="third"><b class="num">${m.count}</b> <span>${w.of(m.present, m.needed)}</span></p>
    <svg class="gauge tall thirdbar" viewBox="0 0 590 14" preserveAspectRatio="none" aria-hidden="true"><rect class="track" x=".5" y="1" width="589" height="12" rx="5.5"></rect><rect class="fill" x=".5" y="1" width=${at(m.count)} height="12" rx="5.5"></rect><path class="m3" d=${`M${at(m.needed)} 0v14`}></path></svg>
    ${m.why_not ? html`<p class="meta lowgap">${m.why_not}</p>` : html`<p class="meta lowgap">${w.once}</p>`}</section>`;
}
