// Dialogs about who may listen: closed doors for one matter, and a committee that opens its meeting to the public.
import { html, nothing } from '../../../vendor/lit/lit.js';
import { words, cited } from '../../text.js';
import { countedNow, checkField, formDialog, personField, pickField, valueOf } from './form.js';

/** How the body answered a procedural question: who moved it, by acclamation or by names called. */
function answerFields(desk) {
  const w = words.chair.answer;
  const voters = countedNow(desk);
  const how = valueOf(desk, 'how');
  return html`${personField(desk, { name: 'proposed_by', label: w.mover, pids: voters, empty: w.nobody })}
    ${pickField({ name: 'how', legend: w.how, options: [['yes', w.yes], ['no', w.no], ['roll_call', w.rollCall, w.rollCallText]] })}
    ${how === 'roll_call' ? html`<fieldset class="field rollvotes"><legend>${w.votes(...sums(desk, voters))}</legend>${desk.meeting.byParty(voters).flatMap((group) => group.persons).map((pid) => html`<label class="rollvote"><span>${desk.meeting.label(pid)}</span>
      <select class="input" name=${`vote-${pid}`}>${['yes', 'no', 'abstain'].map((vote) => html`<option value=${vote}>${words.chair.votes[vote]}</option>`)}</select></label>`)}</fieldset>` : nothing}`;
}

const given = (desk, voters, vote) => voters.filter((pid) => (valueOf(desk, `vote-${pid}`) || 'yes') === vote);
const sums = (desk, voters) => ['yes', 'no', 'abstain'].map((vote) => given(desk, voters, vote).length);

/** The answer as the server takes it. */
function answerOf(desk, values) {
  const called = values.how === 'roll_call';
  const voters = countedNow(desk);
  return { proposed_by: values.proposed_by || null, how: called ? 'roll_call' : 'acclamation', carried: values.how !== 'no',
    against: called ? given(desk, voters, 'no') : [], abstaining: called ? given(desk, voters, 'abstain') : [] };
}

const why = (desk) => (valueOf(desk, 'how') ? null : words.chair.answer.needHow);
const label = (desk, carried) => ({ yes: carried, no: words.chair.answer.noted, roll_call: words.chair.answer.count })[valueOf(desk, 'how')] || carried;

/** Members and substitutes stay; each of the others only if the meeting lets them. */
export function closeDoorsDialog(desk) {
  const w = words.chair.doors;
  const guests = (desk.s.presence || []).map((row) => row.person).filter((pid) => desk.meeting.person(pid).role === 'attendee');
  return formDialog(desk, { title: w.title, lead: html`<p>${w.lead(desk.s.meeting.body_definite)} ${desk.s.conduct?.decides_behind_doors ? '' : w.reopened} ${desk.s.webcast?.on ? w.webcast : ''}</p>`, label: label(desk, w.act), why: why(desk),
    fields: html`${answerFields(desk)}${guests.length ? html`<fieldset class="field"><legend>${w.staying}</legend>${guests.map((pid) => checkField({ name: `stay-${pid}`, label: desk.meeting.label(pid) }))}</fieldset>` : nothing}`,
    run: (values) => desk.send('close-doors', { staying: guests.filter((pid) => values[`stay-${pid}`]), ...answerOf(desk, values) }, { close: true }) });
}

/** The committee opens its meeting to the public, or closes it again; what the law always closes stays closed. */
export function publicityDialog(desk, { step }) {
  const w = words.chair.publicity;
  const open = Boolean(step?.command?.data?.public ?? !desk.s.meeting.is_public);
  return formDialog(desk, { title: open ? w.open : w.close, lead: html`<p>${open ? w.openLead(desk.s.meeting.body_definite) : w.closeLead(desk.s.meeting.body_definite)} ${cited('KL 6:25')}.</p>`, label: label(desk, open ? w.openAct : w.closeAct), why: why(desk),
    fields: answerFields(desk),
    run: (values) => desk.send('decide-publicity', { public: open, ...answerOf(desk, values) }, { close: true }) });
}
