// Voting: the ballot, its receipt, the preliminary result with the way to object. Nothing is shown as received before the server says so.
import { html, nothing } from '../../../vendor/lit/lit.js';
import { icon } from '../../icons.js';
import { words, clockSeconds } from '../../text.js';
import { mark } from '../../elements/people.js';
import { splitBar } from '../../elements/board.js';
import { majorityNote } from '../../elements/majority.js';
import { meaning } from './screen.js';

/** So many signs stand whole in a choice on the narrowest phone; of more the rest is folded. */
const FOLDED = 60;
/** So many signs of the question. */
const QUESTION = 130;
export const VOTES = [['yes', 'ja'], ['no', 'nej'], ['abstain', 'avs']];
export const voteWord = (vote) => words.shared[vote === 'yes' ? 'yes' : vote === 'no' ? 'no' : 'abstain'];

function head(s) {
  return html`<p class="eyebrow">${s.matter?.number ? words.shared.section(s.matter.number) : ''}${s.matter?.reference ? ` · ${s.matter.reference}` : ''}</p>`;
}

/** @param {{sections: object, choice: string|null, choose: (vote: string) => void, cast: () => void}} page */
export function ballot({ sections: s, choice, choose, cast }) {
  const w = words.member.vote;
  const d = s.division;
  return html`<div class="votepage">${head(s)}<h1 tabindex="-1" id="sheet">${w.h}</h1><p class="vt folded">${d.question_text || s.matter?.title}</p>
    <form id="ballot" @submit=${(e) => { e.preventDefault(); cast(); }}>
      <fieldset class="ballot votes"><legend class="sr">${w.legend}</legend>
        ${VOTES.map(([vote, form]) => html`<label class=${form}>
          <input type="radio" name="vote" value=${vote} .checked=${choice === vote} @change=${() => choose(vote)}>
          <span class="word">${voteWord(vote)}</span><span class="ring">${icon('check')}</span>
          <span class="mean folded">${vote === 'abstain' ? w.abstain : meaning(vote === 'yes' ? d.yes : d.no)}</span></label>`)}
      </fieldset></form>
    ${whole(d, s.matter)}
    <p class="meta vn">${w.open}</p></div>`;
}

/** What the three equal choices have no room for, below them: both proposals whole, so that neither is given more room than the other. */
function whole(d, matter) {
  const w = words.member.vote;
  const question = d.question_text || matter?.title || '';
  const asks = question.length > QUESTION;
  if (!asks && ![d.yes, d.no].some((side) => meaning(side).length > FOLDED)) return nothing;
  return html`<details class="whole"><summary>${w.whole}</summary>${asks ? html`<p>${question}</p>` : nothing}
    <dl><dt>${words.shared.yes}</dt><dd>${meaning(d.yes)}</dd><dt>${words.shared.no}</dt><dd>${meaning(d.no)}</dd></dl></details>`;
}

export function ballotBar({ choice, sending }) {
  const w = words.member.vote;
  const sr = { yes: 'J', no: 'N', abstain: 'A' };
  if (sending) return html`<button data-act="cast-vote" class="btn main big wide" aria-disabled="true">${w.sending}</button>`;
  if (!choice) return html`<button data-act="cast-vote" class="btn big wide" form="ballot" aria-disabled="true" aria-describedby="why">${w.none}<small id="why">${w.why}</small></button>`;
  return html`<button data-act="cast-vote" class="btn main big wide" form="ballot" data-vote=${sr[choice]}>${w.cast(voteWord(choice))}</button>`;
}

/** @param {{sections: object, number: number|null}} page number: the act's number in the log, when this page knows it */
export function receipt({ sections: s, number }) {
  const w = words.member.vote;
  const d = s.division;
  const side = d.my_vote === 'yes' ? d.yes : d.no;
  return html`<div class="votepage rec"><div class="ok-big">${icon('check')}</div><h1 tabindex="-1" id="sheet">${w.received}</h1>
    <p class="yours">${mark(d.my_vote)}</p>
    <dl class="kv"><div><dt>${w.means}</dt><dd>${d.my_vote === 'abstain' ? w.abstain : meaning(side)}</dd></div>
      <div><dt>${w.at}</dt><dd class="num">${clockSeconds(d.my_vote_at)}</dd></div>
      ${number ? html`<div><dt>${w.number}</dt><dd class="num">${w.seq(number)}</dd></div>` : nothing}</dl>
    <p class="note">${icon('clock')}<span>${w.count(d.cast, d.voters)}</span></p></div>`;
}

export function receiptBar({ change }) {
  return html`<button class="btn big wide" @click=${change}>${words.member.vote.change}</button>`;
}

/** The three numbers with their bar; words before colour. */
export function numbers(tally) {
  const w = words.shared;
  return html`<div class="result"><p class="r ja"><b class="num">${tally.yes}</b><span>${w.yes}</span></p><p class="r nej"><b class="num">${tally.no}</b><span>${w.no}</span></p><p class="r avs"><b class="num">${tally.abstain}</b><span>${w.abstain}</span></p><p class="meta">${w.noVoteCount(tally.absent)}</p></div>${splitBar(tally)}`;
}

export function prelim({ sections: s, meeting }) {
  const w = words.member.vote;
  const d = s.division;
  const mine = d.my_vote ?? d.votes?.[s.me.person] ?? null;
  return html`<div class="votepage">${head(s)}<h1 tabindex="-1" id="sheet">${w.prelim}</h1>
    ${d.tally ? numbers(d.tally) : nothing}${d.majority ? majorityNote(d.majority) : nothing}
    <dl class="kv prel"><div><dt>${w.yours}</dt><dd>${mine ? mark(mine) : w.notCast}</dd></div>
      <div><dt>${words.shared.yes}</dt><dd>${meaning(d.yes)}</dd></div><div><dt>${words.shared.no}</dt><dd>${meaning(d.no)}</dd></div></dl>
    ${d.objections?.includes(s.me.person) ? html`<p class="note ok">${icon('check')}<span>${w.objected}</span></p>` : html`<p class="note">${icon('gavel')}<span>${w.prelimText}</span></p>`}</div>`;
}

/** The confirmed result among the cards of the follow screen. */
export function resultCard(s) {
  const w = words.member.vote;
  const d = s.division;
  if (!d || !d.tally || d.status !== 'confirmed') return nothing;
  const carried = [d.yes, d.no].find((side) => side.id === d.carried) || { label: d.carried_label };
  return html`<section class="card" aria-labelledby="re"><h2 id="re">${w.result}</h2>${numbers(d.tally)}${d.majority ? majorityNote(d.majority) : nothing}<p class="carried"><b>${w.carried}</b> ${meaning(carried)}</p></section>`;
}
