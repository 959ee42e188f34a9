// Dialogs of an election: nominate, find, demand, open the ballot, enter the slips, hold it again, two numbers.
import { html, nothing } from '../../../vendor/lit/lit.js';
import { words } from '../../text.js';
import { kept, keep } from '../../drafts.js';
import { freshCode, sealed } from '../member/code.js';
import { checkField, countedNow, formDialog, lineField, personField, pickField, plainDialog, textField, valueOf } from './form.js';

const w = words.election.dialogs;
const whole = (text) => /^\d{1,4}$/.test((text ?? '').trim());

export function nominateDialog(desk) {
  const why = !valueOf(desk, 'mover') ? w.needWho : !valueOf(desk, 'name').trim() ? w.needName : null;
  return formDialog(desk, { title: w.nominate, label: w.nominate, why,
    fields: html`${personField(desk, { name: 'mover', label: w.who, pids: countedNow(desk) })}${lineField({ name: 'name', label: w.name })}${lineField({ name: 'party', label: w.party, hint: w.partyHint })}`,
    run: (values) => desk.send('record-nomination', { mover: values.mover, name: values.name.trim(), party: values.party.trim() || null }, { close: true }) });
}

export function findElectedDialog(desk) {
  const { election } = desk.s;
  const chosen = (values) => election.nominations.filter((n) => values[`n-${n.id}`]).map((n) => n.id);
  const now = chosen(desk.ui.form).length;
  return formDialog(desk, { title: w.find, label: w.findAct, why: now >= 1 && now <= election.places ? null : w.needNames(election.places),
    fields: html`${election.nominations.map((n) => checkField({ name: `n-${n.id}`, label: n.called }))}`,
    run: (values) => desk.send('find-elected', { nominations: chosen(values) }, { close: true }) });
}

export function ballotDemandDialog(desk) {
  return formDialog(desk, { title: w.demand, lead: html`<p>${w.demandLead}</p>`, label: w.demandAct, why: valueOf(desk, 'person') ? null : w.needWho,
    fields: personField(desk, { label: w.demandWho, pids: countedNow(desk) }),
    run: (values) => desk.send('record-ballot-demand', { person: values.person }, { close: true }) });
}

export function openBallotDialog(desk, { step }) {
  const { election, presence } = desk.s;
  const proportional = step?.command?.data?.method === 'proportional';
  const choice = !proportional && election.electronic_allowed;
  const method = proportional ? 'proportional' : valueOf(desk, 'method') || (choice ? 'electronic' : 'slips');
  const room = presence.filter((row) => row.counted && row.state === 'room').map((row) => row.person);
  const remote = presence.filter((row) => row.counted && row.state === 'remote').length;
  const tellers = ['teller1', 'teller2'].map((name) => valueOf(desk, name)).filter(Boolean);
  return formDialog(desk, { title: w.open, lead: html`<p>${w.openLead(remote)}</p>`, label: w.openAct, why: method === 'electronic' || tellers.length ? null : w.needTeller,
    fields: html`${choice ? pickField({ name: 'method', legend: w.method, chosen: method, options: Object.entries(w.methods) }) : nothing}
      ${method === 'electronic' ? nothing : html`${personField(desk, { name: 'teller1', label: w.teller(1), pids: room })}${personField(desk, { name: 'teller2', label: w.teller(2), pids: room })}`}`,
    run: (values) => desk.send('open-ballot', { method, tellers: [...new Set([values.teller1, values.teller2].filter(Boolean))] }, { close: true }) });
}

/** The chair's own ballot, on the console; what is chosen is kept nowhere. */
export function myBallotDialog(desk) {
  const m = words.election.member;
  const { ballot } = desk.s.election;
  if (ballot?.status !== 'open') return plainDialog(desk, { title: m.h, body: html`<p>${words.election.counting}</p>` });
  if (desk.s.me.ballot?.cast) return plainDialog(desk, { title: m.done, body: html`<p class="codebox"><span class="meta">${m.code}</span><b class="num code">${kept(desk.boot.meeting, `code:${ballot.id}`) || m.lostCode}</b></p><p><b>${m.shows}:</b> ${m.showsText}</p><p class="lowgap"><b>${m.hides}:</b> ${m.hidesText}</p>` });
  const chosen = (values) => ballot.choices.filter((n) => values[`b-${n.id}`]).map((n) => n.id);
  const now = chosen(desk.ui.form).length;
  const blank = Boolean(desk.ui.form.blank);
  return formDialog(desk, { title: m.h, lead: html`<p>${m.choose(ballot.places)} <b>${m.secret}</b>${m.secretText}</p>`, label: m.cast, sub: m.final, why: blank ? (now ? m.why(ballot.places) : null) : now === ballot.places ? null : m.why(ballot.places),
    fields: html`${ballot.choices.map((n) => checkField({ name: `b-${n.id}`, label: n.called }))}${checkField({ name: 'blank', label: m.blank })}`,
    run: async (values) => {
      const code = freshCode();
      if (await desk.send('cast-ballot', sealed(ballot, chosen(values), code))) { keep(desk.boot.meeting, `code:${ballot.id}`, code); desk.set({ form: {} }); }
    } });
}

export function countSlipsDialog(desk) {
  const { ballot } = desk.s.election;
  const names = [...ballot.choices.map((n) => [`v-${n.id}`, w.votesFor(n.called)]), ['blank', words.election.blank], ['invalid', words.election.invalid]];
  return formDialog(desk, { title: w.count, lead: html`<p>${w.countLead(ballot.voters)}</p>`, label: w.countAct, why: names.every(([name]) => whole(valueOf(desk, name))) ? null : w.needNumbers,
    fields: html`${names.map(([name, label]) => lineField({ name, label, type: 'number', min: 0, max: 999 }))}`,
    run: (values) => desk.send('enter-count', { votes: Object.fromEntries(ballot.choices.map((n) => [n.id, Number(values[`v-${n.id}`])])), blank: Number(values.blank), invalid: Number(values.invalid) }, { close: true }) });
}

export function voidBallotDialog(desk) {
  return formDialog(desk, { title: w.redo, lead: html`<p>${w.redoLead}</p>`, label: w.redoAct, grave: true, why: valueOf(desk, 'reason', 'void-ballot').trim() ? null : w.needWhy,
    fields: textField(desk, { name: 'reason', label: w.why, rows: 2, draft: 'void-ballot' }),
    run: (values) => desk.send('void-ballot', { reason: values.reason.trim() }, { draft: 'void-ballot', close: true }) });
}

export function sayNumbersDialog(desk) {
  const { ballot } = desk.s.election;
  const ready = ['p1', 'p2'].every((name) => valueOf(desk, name)) && ['t1', 't2'].every((name) => whole(valueOf(desk, name)));
  return formDialog(desk, { title: w.numbers, lead: html`<p>${w.numbersLead(ballot?.draw?.seal || '')}</p>`, label: w.numbersAct, why: ready ? null : w.needBoth,
    fields: html`${[1, 2].map((i) => html`${personField(desk, { name: `p${i}`, label: w.person(i), pids: countedNow(desk) })}${lineField({ name: `t${i}`, label: w.number(i), type: 'number', min: 0, max: 999 })}`)}`,
    run: (values) => desk.send('say-numbers', { numbers: [1, 2].map((i) => ({ person: values[`p${i}`], number: Number(values[`t${i}`]) })) }, { close: true }) });
}
