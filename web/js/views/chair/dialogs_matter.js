// Dialogs about the matter: a proposal taken up, a division demanded, a conflict, a reservation, a speaker, the minority, the order.
import { html, nothing } from '../../../vendor/lit/lit.js';
import { words } from '../../text.js';
import { numberOf } from '../../elements/proposals.js';
import { checkField, countedNow, proposersNow, formDialog, personField, pickField, textField, valueOf } from './form.js';

export function proposeDialog(desk) {
  const w = words.chair.propose;
  const draft = `propose-${desk.s.matter?.matter}`;
  const kind = valueOf(desk, 'kind');
  const asksMotive = ['refer_back', 'defer'].includes(kind);
  const needsText = !['reject', 'refer_back', 'defer'].includes(kind);
  const why = !valueOf(desk, 'mover') ? w.needMover : !kind ? w.needKind : needsText && !valueOf(desk, 'text', draft).trim() ? w.needText : null;
  return formDialog(desk, { title: w.title, label: w.act, why,
    fields: html`${personField(desk, { name: 'mover', label: w.mover, pids: proposersNow(desk) })}
      ${pickField({ name: 'kind', legend: w.kind, inline: true, options: Object.entries(w.kinds) })}
      ${needsText ? textField(desk, { name: 'text', label: w.text, hint: w.textHint, draft }) : nothing}
      ${asksMotive ? textField(desk, { name: 'motivation', label: w.motivation, hint: w.motivationHint, draft: `${draft}-motivation` }) : nothing}`,
    run: (values) => desk.send('record-proposal', { mover: values.mover, kind: values.kind, text: (values.text || '').trim(), motivation: (values.motivation || '').trim() || null }, { draft, close: true }) });
}

export function demandDialog(desk) {
  const w = words.chair.demand;
  return formDialog(desk, { title: w.title, lead: html`<p>${w.lead}</p>`, label: w.act, why: valueOf(desk, 'person') ? null : w.needPerson,
    fields: personField(desk, { label: w.who, pids: countedNow(desk) }),
    run: (values) => desk.send('record-demand', { person: values.person }, { close: true }) });
}

export function conflictDialog(desk, { person }) {
  const w = words.chair.conflict;
  const { meeting, matter } = desk.s;
  const open = (desk.s.agenda || []).filter((row) => ['coming', 'current'].includes(row.status));
  const members = (desk.s.presence || []).filter((row) => row.state !== 'absent' && row.state !== 'left').map((row) => row.person);
  const chosen = valueOf(desk, 'matter') || matter?.matter || open[0]?.matter || '';
  const who = valueOf(desk, 'person') || person || '';
  return formDialog(desk, { title: w.title, label: w.act, why: who ? null : w.needPerson,
    lead: html`<p>${meeting.conflict_presence === 'may_watch' ? w.assembly : w.committee}</p>`,
    fields: html`<div class="field"><label for="f-matter">${w.matter}</label><select class="input" id="f-matter" name="matter">${open.map((row) => html`<option value=${row.matter} ?selected=${row.matter === chosen}>${row.number ? `${words.shared.section(row.number)} ` : ''}${row.title}</option>`)}</select></div>
      ${personField(desk, { label: w.who, pids: members, chosen: who })}
      ${textField(desk, { name: 'reason', label: w.reason, hint: w.reasonHint, rows: 2, draft: `conflict-${chosen}` })}`,
    run: (values) => desk.send('record-conflict', { matter: chosen, person: values.person, reason: values.reason.trim() || null }, { draft: `conflict-${chosen}`, close: true }) });
}

export function reservationDialog(desk, { step }) {
  const w = words.chair.reservation;
  const done = (desk.s.agenda || []).filter((row) => ['decided', 'done', 'referred_back', 'deferred', 'left', 'current'].includes(row.status) && row.kind !== 'opening');
  const chosen = valueOf(desk, 'matter') || step?.command?.data?.matter || desk.s.matter?.matter || done.at(-1)?.matter || '';
  const draft = `reserve-${chosen}`;
  return formDialog(desk, { title: w.record, lead: html`<p>${w.lead}</p>`, label: w.act, why: valueOf(desk, 'person') ? null : w.needPerson,
    fields: html`<div class="field"><label for="f-matter">${w.matter}</label><select class="input" id="f-matter" name="matter">${done.map((row) => html`<option value=${row.matter} ?selected=${row.matter === chosen}>${row.number ? `${words.shared.section(row.number)} ` : ''}${row.title}</option>`)}</select></div>
      ${personField(desk, { label: w.who, pids: countedNow(desk) })}${textField(desk, { name: 'text', label: w.text, hint: w.textHint, draft })}`,
    run: (values) => desk.send('record-reservation', { matter: values.matter, person: values.person, text: values.text.trim() || null }, { draft, close: true }) });
}

/** Made of right or by leave; without either the same key makes it all the same, and that is recorded. */
export function statementDialog(desk) {
  const w = words.chair.statement;
  const taken = (desk.s.agenda || []).filter((row) => row.number);
  const chosen = valueOf(desk, 'matter') || desk.s.matter?.matter || taken.at(-1)?.matter || '';
  const granted = Boolean(desk.ui.form.granted);
  const draft = `statement-${chosen}`;
  const here = (desk.s.presence || []).filter((row) => ['room', 'remote'].includes(row.state)).map((row) => row.person);
  const why = !valueOf(desk, 'person') ? w.needPerson : !valueOf(desk, 'text', draft).trim() ? w.needText : null;
  return formDialog(desk, { title: w.title, lead: html`<p>${w.lead}</p>`, label: granted ? w.act : w.anyway, sub: granted ? '' : w.recorded, why,
    fields: html`<div class="field"><label for="f-matter">${w.matter}</label><select class="input" id="f-matter" name="matter">${taken.map((row) => html`<option value=${row.matter} ?selected=${row.matter === chosen}>${words.shared.section(row.number)} ${row.title}</option>`)}</select></div>
      ${personField(desk, { label: w.who, pids: here })}${textField(desk, { name: 'text', label: w.text, draft })}${checkField({ name: 'granted', label: w.granted })}`,
    run: (values) => desk.send('add-statement', { matter: values.matter, person: values.person, text: values.text.trim(), granted: Boolean(values.granted), understood: !values.granted }, { draft, close: true }) });
}

export function addSpeakerDialog(desk) {
  const w = words.chair.speakers;
  const here = (desk.s.presence || []).filter((row) => ['room', 'remote'].includes(row.state)).map((row) => row.person);
  return formDialog(desk, { title: w.addTitle, label: w.addAct, why: valueOf(desk, 'person') ? null : w.needPerson,
    fields: html`${personField(desk, { label: w.who, pids: here })}${pickField({ name: 'kind', legend: w.kind, inline: true, chosen: 'speech', options: Object.entries(words.shared.speech) })}`,
    run: (values) => desk.send('add-speaker', { person: values.person, kind: values.kind }, { close: true }) });
}

/** The minority's referral: first the motivation when it is missing, then the act itself. */
export function minorityDialog(desk, { step }) {
  const { minority } = desk.s.matter || {};
  const w = words.chair.minority;
  const proposal = minority?.proposal || step?.command?.data?.proposal;
  const motivation = desk.s.matter?.proposals.find((one) => one.id === proposal)?.motivation;
  const draft = `motivation-${proposal}`;
  const lead = html`<p>${w.dialogLead(minority?.count, minority?.present, minority?.needed)}</p>${motivation ? html`<blockquote class="say small lowgap">${motivation}</blockquote>` : nothing}<p class="meta lowgap">${w.once}</p>`;
  if (!motivation && desk.s.matter?.proposals.find((one) => one.id === proposal)?.kind === 'refer_back') {
    return formDialog(desk, { title: w.dialogTitle, lead, label: w.saveMotivation, why: valueOf(desk, 'motivation', draft).trim() ? null : w.needMotivation,
      fields: textField(desk, { name: 'motivation', label: w.motivation, hint: w.motivationHint, draft }),
      run: (values) => desk.send('state-motivation', { proposal, motivation: values.motivation.trim() }, { draft }) });
  }
  return formDialog(desk, { title: w.dialogTitle, lead, label: w.act, sub: words.chair.cannotBeUndone, grave: true, why: minority && !minority.right ? minority.why_not : null,
    run: () => desk.send('decide-minority-referral', { proposal }, { close: true }) });
}

/** The order of the questions, moved with buttons that say where. */
export function reorderDialog(desk, asked) {
  const w = words.chair.reorder;
  const { contests = [], current } = desk.s.deciding || {};
  const contest = contests.find((one) => one.id === (asked.contest?.id || current));
  if (!contest) return html`<h1 id="dt">${w.title}</h1><div class="dend"><button class="btn main" @click=${() => desk.dismiss()}>${words.shared.close}</button></div>`;
  const order = desk.ui.form.order || contest.candidates.map((one) => one.id);
  const swap = (i) => desk.set({ form: { order: [...order.slice(0, i - 1), order[i], order[i - 1], ...order.slice(i + 1)] } });
  return formDialog(desk, { title: w.title, lead: html`<p>${w.lead}</p>`, label: w.act,
    fields: html`<ol class="talk">${order.map((id, i) => {
      const one = contest.candidates.find((candidate) => candidate.id === id);
      return html`<li><span class="pos">${i + 1}</span><div class="who"><b>${one.label}</b><small>${numberOf(desk.s.matter, id) ? w.number(numberOf(desk.s.matter, id)) : ''}</small></div>${i ? html`<button type="button" class="btn small" @click=${() => swap(i)}>${w.up}<span class="sr"> ${one.label}</span></button>` : nothing}</li>`;
    })}</ol>`,
    run: () => desk.send('reorder-questions', { order }, { close: true }) });
}
