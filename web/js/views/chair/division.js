// A division under way and its preliminary result. While it is open nobody's vote is on the page, only who is missing.
import { html, nothing } from '../../../vendor/lit/lit.js';
import { words, clockSeconds } from '../../text.js';
import { icon } from '../../icons.js';
import { mark, party } from '../../elements/people.js';
import { splitBar, votesByParty } from '../../elements/board.js';
import { majorityNote } from '../../elements/majority.js';
import { stop } from '../../elements/proposals.js';
import { folded } from './folded.js';

const side = (vote, option) => html`<div class="card tight"><p>${mark(vote)}</p><p><b>${option.label}${stop(option.text)}</b></p>${option.text && option.text !== option.label ? folded(option.text) : nothing}</div>`;

/** @param {import('../chair.js').Desk} desk */
export function divisionOpen(desk) {
  const { division } = desk.s;
  const w = words.chair.division;
  const missing = division.missing || [];
  const voted = desk.meeting.byParty((desk.s.presence || []).filter((row) => row.counted && !missing.includes(row.person)).map((row) => row.person));
  const names = (pids) => desk.meeting.byParty(pids).flatMap((g) => g.persons).map((pid) => html`<li>${desk.meeting.person(pid).name} ${party(desk.meeting.person(pid))}${desk.meeting.where(pid) === 'distance' ? html`<small>${words.shared.remote}</small>` : nothing}</li>`);
  const [big, rest] = words.shared.votesCast(division.cast, division.voters);
  return html`<div class="two">${side('yes', division.yes)}${side('no', division.no)}</div>
    <section class="card" aria-labelledby="ink"><h2 id="ink"><span><span class="big num">${big}</span>${rest}</span> <span class="meta">${w.openedAt(clockSeconds(division.opened_at))}</span></h2>
      <svg class="gauge tall" viewBox="0 0 590 12" preserveAspectRatio="none" aria-hidden="true"><rect class="track" x=".5" y=".5" width="589" height="11" rx="5.5"></rect><rect class="fill" x=".5" y=".5" width=${(589 * division.cast / Math.max(1, division.voters)).toFixed(1)} height="11" rx="5.5"></rect></svg>
      ${missing.length ? html`<h3 class="sub">${w.notVoted} <span class="count">${missing.length}</span></h3><ul class="names">${names(missing)}</ul>` : html`<p class="out">${icon('check')}<b>${w.everyoneVoted}</b></p>`}
      ${voted.length && division.cast ? html`<details><summary>${w.haveVoted(division.cast)}</summary><ul class="names">${names(voted.flatMap((g) => g.persons))}</ul></details>` : nothing}</section>`;
}

export function divisionResult(desk) {
  const { division } = desk.s;
  const w = words.chair.result;
  const { tally } = division;
  const voted = tally.yes + tally.no + tally.abstain;
  return html`<section class="card" aria-labelledby="rs"><h2 id="rs" class="sr">${w.numbers}</h2>
      <div class="result"><p class="r ja"><b>${tally.yes}</b><span>${words.shared.yes}</span></p><p class="r nej"><b>${tally.no}</b><span>${words.shared.no}</span></p><p class="r avs"><b>${tally.abstain}</b><span>${words.shared.abstain}</span></p>
        <p class="meta">${w.voted(voted, tally.absent)}</p></div>${splitBar(tally)}${division.majority ? majorityNote(division.majority) : nothing}
      ${division.casting_needed ? castingVote(desk) : division.carried ? html`<p class="out">${icon('gavel')}<b>${carriedText(division)}</b></p>` : nothing}</section>
    <section class="card" aria-labelledby="bd"><h2 id="bd">${w.howVoted}</h2><div class="board">${votesByParty(desk.meeting, division, { absent: division.missing })}</div></section>`;
}

function carriedText(division) {
  return words.chair.result.carried(division.carried_label || '');
}

/** A tie: the chair's casting vote, said with what each answer means. */
function castingVote(desk) {
  const w = words.chair.result;
  const { division } = desk.s;
  return html`<div class="note att lowgap">${icon('scales')}<div><p><b>${w.tie}</b> ${w.tieWhy}</p>
    <div class="row lowgap"><button class="btn" data-key="1" @click=${() => desk.send('use-casting-vote', { vote: 'yes' })}>${w.castFor(words.shared.yes, division.yes.label)} <kbd aria-hidden="true">1</kbd></button>
      <button class="btn" data-key="2" @click=${() => desk.send('use-casting-vote', { vote: 'no' })}>${w.castFor(words.shared.no, division.no.label)} <kbd aria-hidden="true">2</kbd></button></div></div></div>`;
}
