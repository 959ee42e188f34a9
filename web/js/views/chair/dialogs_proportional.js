// Dialogs of a proportional election and of substitutes: demands, who conducts it, the groups of ballots, the order they serve in.
import { html, nothing } from '../../../vendor/lit/lit.js';
import { words } from '../../text.js';
import { forget, keep, kept } from '../../drafts.js';
import { countedNow, formDialog, lineField, personField, pickField, textField, valueOf } from './form.js';

const w = words.election.dialogs;
const whole = (text) => /^\d{1,4}$/.test((text ?? '').trim());
const lines = (text) => (text || '').split('\n').map((line) => line.trim()).filter(Boolean);

export function proportionalDemandDialog(desk) {
  const { proportional } = desk.s.election;
  return formDialog(desk, { title: w.proportional, lead: html`<p>${w.proportionalLead(proportional.demanded_by.length, proportional.needed)}</p>`, label: w.demandAct, why: valueOf(desk, 'person') ? null : w.needWho,
    fields: personField(desk, { label: w.demandWho, pids: countedNow(desk).filter((pid) => !proportional.demanded_by.includes(pid)) }),
    run: (values) => desk.send('record-proportional-demand', { person: values.person }, { close: true }) });
}

export function proportionalWithdrawDialog(desk) {
  const { proportional } = desk.s.election;
  return formDialog(desk, { title: w.withdrawn, lead: html`<p>${w.proportionalLead(proportional.demanded_by.length, proportional.needed)}</p>`, label: w.withdrawnAct, why: valueOf(desk, 'person') ? null : w.needWho,
    fields: personField(desk, { label: w.withdrawnWho, pids: proportional.demanded_by }),
    run: (values) => desk.send('withdraw-proportional-demand', { person: values.person }, { close: true }) });
}

export function returningOfficerDialog(desk) {
  const room = (desk.s.presence || []).filter((row) => row.counted && row.state === 'room').map((row) => row.person);
  return formDialog(desk, { title: w.officer, lead: html`<p>${w.officerLead}</p>`, label: w.officerAct, why: valueOf(desk, 'person') ? null : w.needWho,
    fields: personField(desk, { label: w.officerWho, pids: room }),
    run: (values) => desk.send('choose-returning-officer', { person: values.person }, { close: true }) });
}

/** A member wants the election deferred; the body answers before anybody is elected. */
export function deferElectionDialog(desk) {
  return formDialog(desk, { title: w.defer, lead: html`<p>${w.deferLead}</p>`, label: w.deferAct, why: valueOf(desk, 'person') ? null : w.needWho,
    fields: personField(desk, { label: w.deferWho, pids: countedNow(desk) }),
    run: (values) => desk.send('record-proposal', { mover: values.person, kind: 'defer', text: '' }, { close: true }) });
}

/** The order in which substitutes serve, moved with buttons that say whom. */
export function serviceOrderDialog(desk) {
  const { election } = desk.s;
  const before = election.service_order.length === election.to_order.length ? election.service_order : election.to_order;
  const order = desk.ui.form.order || before;
  const called = (id) => election.nominations.find((one) => one.id === id)?.called;
  const swap = (i) => desk.set({ form: { order: [...order.slice(0, i - 1), order[i], order[i - 1], ...order.slice(i + 1)] } });
  return formDialog(desk, { title: w.order, lead: html`<p>${w.orderLead}</p>`, label: w.orderAct, why: order.length ? null : w.orderNobody,
    fields: html`<ol class="talk">${order.map((id, i) => html`<li><span class="pos">${i + 1}</span><div class="who"><b>${called(id)}</b></div>${i ? html`<button type="button" class="btn small" @click=${() => swap(i)}>${words.chair.reorder.up}<span class="sr"> ${called(id)}</span></button>` : nothing}</li>`)}</ol>`,
    run: () => desk.send('order-substitutes', { nominations: order }, { close: true }) });
}

/** The piles the tellers counted: a designation, its names in order, how many slips; like piles become one group. */
export function countGroupsDialog(desk) {
  const { ballot } = desk.s.election;
  const draft = (i) => `group-${ballot.id}-${i}`;
  const many = `groups-${ballot.id}`;
  const last = Number(desk.ui.form.rows || kept(desk.boot.meeting, many) || Math.max(2, ballot.groups.length));
  const rows = Array.from({ length: last }, (_, i) => i + 1);
  const before = (i) => ballot.groups[i - 1];
  const value = (name, was) => desk.ui.form[name] ?? (was === undefined ? '' : String(was));
  const names = (i) => lines(desk.ui.form[`n${i}`] ?? (kept(desk.boot.meeting, draft(i)) || (before(i)?.names || []).join('\n')));
  const numbers = [...rows.map((i) => value(`c${i}`, before(i)?.ballots)), value('blank', ballot.handed_in ? ballot.blank : undefined), value('invalid', ballot.handed_in ? ballot.invalid : undefined)];
  const counted = numbers.every(whole) ? numbers.reduce((sum, one) => sum + Number(one), 0) : null;
  const ready = rows.every((i) => value(`g${i}`, before(i)?.designation).trim() && names(i).length) && counted !== null;
  const rowsTo = (n) => { keep(desk.boot.meeting, many, String(n)); desk.set({ form: { ...desk.ui.form, rows: n } }); };
  const why = !ready ? w.needNumbers : counted > ballot.voters ? w.tooMany(counted, ballot.voters) : valueOf(desk, 'alike') ? null : w.needAlike;
  return formDialog(desk, { title: w.groups, lead: html`<p>${w.groupsLead} ${w.countLead(ballot.voters)}</p>`, label: w.countAct, why,
    fields: html`${rows.map((i) => html`<fieldset class="field pile"><legend>${w.pile(i)}</legend><div class="pilehead">${lineField({ name: `g${i}`, label: w.designation, value: before(i)?.designation || '' })}${lineField({ name: `c${i}`, label: w.ballots, type: 'number', min: 0, max: 999, value: before(i)?.ballots ?? '' })}</div>
        ${textField(desk, { name: `n${i}`, label: w.names, rows: 4, draft: draft(i), value: (before(i)?.names || []).join('\n') })}</fieldset>`)}
      <p class="row"><button type="button" class="btn small" @click=${() => rowsTo(last + 1)}>${w.moreGroups}</button>${last > 1 ? html`<button type="button" class="btn small" @click=${() => rowsTo(last - 1)}>${w.fewerGroups(last)}</button>` : nothing}</p>
      <div class="pilehead">${lineField({ name: 'blank', label: words.election.blank, type: 'number', min: 0, max: 999, value: ballot.handed_in ? ballot.blank : '' })}${lineField({ name: 'invalid', label: words.election.invalid, type: 'number', min: 0, max: 999, value: ballot.handed_in ? ballot.invalid : '' })}</div>
      <p class="meta num" role="status">${counted === null ? w.sumUnknown(ballot.voters) : w.sum(counted, ballot.voters)}</p>
      ${pickField({ name: 'alike', legend: w.alike, inline: true, keys: ['j', 'n'], chosen: valueOf(desk, 'alike'), options: [['yes', words.shared.yes], ['no', words.shared.no]] })}
      ${textField(desk, { name: 'ruled', label: w.ruled, hint: w.ruledHint, rows: 2, draft: `ruled-${ballot.id}`, value: ballot.ruled || '' })}`,
    run: async (values) => {
      const groups = rows.map((i) => ({ designation: values[`g${i}`].trim(), names: lines(values[`n${i}`]), ballots: Number(values[`c${i}`]) }));
      const entered = await desk.send('enter-groups', { groups, blank: Number(values.blank), invalid: Number(values.invalid), alike: values.alike === 'yes', ruled: values.ruled.trim() || null }, { close: true, draft: `ruled-${ballot.id}` });
      if (entered) [many, ...rows.map(draft)].forEach((name) => forget(desk.boot.meeting, name));
    } });
}
