// Dialogs of a division: oral votes by key, the chair's own vote, objections, the casting vote, doing it again.
import { html, nothing } from '../../../vendor/lit/lit.js';
import { repeat } from '../../../vendor/lit/repeat.js';
import { words } from '../../text.js';
import { icon } from '../../icons.js';
import { mark, party } from '../../elements/people.js';
import { formDialog, lineField, personField, pickField, plainDialog, valueOf } from './form.js';

const VOTES = ['yes', 'no', 'abstain'];
const KEYS = ['j', 'n', 'a'];

/** Those who have not voted, one at a time in the order of the roll; J, N and A answer for the one that has focus. */
export function oralVotesDialog(desk) {
  const w = words.chair.division;
  const missing = desk.s.division?.missing || [];
  const vote = async (person, choice, event) => {
    const next = event?.currentTarget.closest('li')?.nextElementSibling;
    if (await desk.send('record-oral-vote', { person, vote: choice })) (next || desk.root.querySelector('.oral li'))?.focus();
  };
  const keys = (event, person) => {
    const i = KEYS.indexOf(event.key.toLowerCase());
    if (i >= 0) { event.preventDefault(); vote(person, VOTES[i], event); }
  };
  return plainDialog(desk, { title: w.oral, body: html`<p>${w.oralLead}</p>${missing.length ? html`<ol class="oral">${repeat(missing, (pid) => pid, (pid) => html`<li tabindex="0" aria-label=${desk.meeting.label(pid)} @keydown=${(e) => keys(e, pid)}>
      <span class="grow">${desk.meeting.person(pid).name} ${party(desk.meeting.person(pid))}</span>
      ${VOTES.map((choice, i) => html`<button class="btn small" @click=${(e) => vote(pid, choice, e)}>${words.chair.votes[choice]} <kbd aria-hidden="true">${KEYS[i].toUpperCase()}</kbd><span class="sr"> ${desk.meeting.label(pid)}</span></button>`)}</li>`)}</ol>` : html`<p class="out">${icon('check')}<b>${w.everyoneVoted}</b></p>`}` });
}

export function myVoteDialog(desk) {
  const w = words.chair.division;
  const { division } = desk.s;
  const chosen = desk.ui.form.vote;
  if (division?.status !== 'open') return plainDialog(desk, { title: w.yourVote, body: html`<p>${w.closedNow}</p>` });
  const meanings = { yes: division.yes.label, no: division.no.label, abstain: '' };
  return formDialog(desk, { title: w.yourVote, lead: html`<p>${division.question_text}</p>`, label: chosen ? w.vote(words.chair.votes[chosen]) : w.voteNothing, why: chosen ? null : w.chooseFirst,
    fields: pickField({ name: 'vote', legend: w.youVote, chosen: division.my_vote || '', keys: KEYS, options: VOTES.map((vote) => [vote, words.chair.votes[vote], meanings[vote]]) }),
    run: (values) => desk.send('cast-vote', { vote: values.vote }, { close: true }) });
}

/** An objection, or a correction the chair makes: what is recorded now and what it should be. */
export function objectionDialog(desk, { person }) {
  const w = words.chair.result;
  const { division } = desk.s;
  if (division?.status !== 'preliminary') return plainDialog(desk, { title: w.correctTitle, body: html`<p>${w.alreadyConfirmed}</p>` });
  const who = valueOf(desk, 'person') || person || '';
  const now = division.votes?.[who] || null;
  const vote = valueOf(desk, 'vote');
  const why = !who ? w.needPerson : !vote ? w.needVote : null;
  return formDialog(desk, { title: person ? w.objectionTitle(desk.meeting.label(person)) : w.correctTitle, lead: html`<p>${w.correctLead}</p>`, label: w.correctAct, why,
    fields: html`${person ? nothing : personField(desk, { label: w.whose, pids: Object.keys(division.votes || {}), chosen: who })}
      ${who ? html`<p>${w.recorded} ${mark(now)}</p>` : nothing}
      ${pickField({ name: 'vote', legend: w.shouldBe, inline: true, keys: KEYS, options: VOTES.map((one) => [one, words.chair.votes[one]]) })}`,
    run: (values) => desk.send('correct-vote', { person: who, vote: values.vote }, { close: true }) });
}

export function voidDialog(desk, { step }) {
  const w = words.chair.voided;
  const { id, status } = desk.s.division || {};
  const draft = `void-${id}`;
  const title = step?.label || w.title;
  return formDialog(desk, { title, lead: html`<p>${w.lead}</p>`, label: title, back: w.backs[status] || words.chair.close.back, grave: true, why: valueOf(desk, 'reason', draft).trim() ? null : w.needReason,
    fields: lineField({ name: 'reason', label: w.reason, hint: w.reasonHint, desk, draft }),
    run: (values) => desk.send('void-division', { reason: values.reason.trim() }, { draft, close: true }) });
}

export function castingDialog(desk) {
  const w = words.chair.result;
  const { division } = desk.s;
  return formDialog(desk, { title: w.tie, lead: html`<p>${w.tieWhy}</p>`, label: w.castAct, grave: true, sub: words.chair.cannotBeUndone, why: desk.ui.form.vote ? null : w.castChoose,
    fields: pickField({ name: 'vote', legend: w.castLegend, options: [['yes', words.shared.yes, division?.yes.label], ['no', words.shared.no, division?.no.label]] }),
    run: (values) => desk.send('use-casting-vote', { vote: values.vote }, { close: true }) });
}
