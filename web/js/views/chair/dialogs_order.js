// Dialogs about what may be decided and in whose presence: a matter added, all asked whether they agree.
import { html, nothing } from '../../../vendor/lit/lit.js';
import { words } from '../../text.js';
import { countedNow, checkField, formDialog, lineField, personField, pickField, plainDialog, textField, valueOf } from './form.js';

/** All present are asked; the answer of one who does not agree is enough. */
export function unanimityDialog(desk, { step }) {
  const w = words.chair.unanimity;
  const { matter, about } = step?.command?.data || {};
  const row = (desk.s.agenda || []).find((one) => one.matter === matter);
  const present = countedNow(desk);
  const opposed = valueOf(desk, 'opposed');
  return formDialog(desk, { title: about === 'taking_up' ? w.takingUp : w.decision, label: opposed ? w.denied(desk.meeting.label(opposed)) : w.agreed(present.length), grave: Boolean(opposed),
    lead: html`<p><b>${row?.title || ''}</b></p><p>${about === 'taking_up' ? w.takingUpLead : w.decisionLead}</p>`,
    fields: personField(desk, { name: 'opposed', label: w.who, hint: w.whoHint, pids: present, empty: w.nobody }),
    run: (values) => desk.send('record-unanimity', { matter, about, opposed: values.opposed || null }, { close: true }) });
}

export function addMatterDialog(desk) {
  const w = words.chair.addMatter;
  const points = valueOf(desk, 'points', 'add-matter-points').split('\n').map((line) => line.trim()).filter(Boolean);
  const asking = desk.s.meeting.answers ? valueOf(desk, 'asking') : '';
  const roster = (desk.s.presence || []).map((row) => row.person);
  const members = roster.filter((pid) => ['member', 'substitute'].includes(desk.meeting.person(pid).role));
  const why = !valueOf(desk, 'title').trim() ? w.needTitle : asking && !valueOf(desk, 'asked_by') ? w.needAsker : asking && !valueOf(desk, 'answered_by') ? w.needAnswerer : asking && !valueOf(desk, 'subject') ? w.needSubject : null;
  const authority = (values) => (asking ? values.subject === 'yes' : Boolean(values.authority));
  return formDialog(desk, { title: w.title, lead: html`<p>${w.lead}</p>`, label: w.act, why,
    fields: html`${desk.s.meeting.answers ? pickField({ name: 'asking', legend: w.kind, options: [['', w.matter], ['interpellation', w.interpellation], ['question', w.question]], chosen: asking, inline: true }) : nothing}
      ${lineField({ name: 'title', label: w.name })}${lineField({ name: 'reference', label: w.reference })}
      ${asking ? html`${personField(desk, { name: 'asked_by', label: w.askedBy, pids: members })}${personField(desk, { name: 'answered_by', label: w.answeredBy, pids: roster })}
        ${pickField({ name: 'subject', legend: w.subject, options: [['no', w.subjectNo], ['yes', w.subjectYes, w.subjectYesHint]], chosen: valueOf(desk, 'subject') })}`
        : html`${textField(desk, { name: 'points', label: w.points, hint: w.pointsHint, draft: 'add-matter-points' })}
        ${checkField({ name: 'prepared', label: w.prepared })}${checkField({ name: 'authority', label: w.authority })}`}
      ${checkField({ name: 'secrecy', label: w.secrecy })}`,
    run: (values) => desk.send('add-matter', { title: values.title.trim(), reference: values.reference.trim() || null, background: null, points: asking ? [] : points, prepared: Boolean(values.prepared),
      authority: authority(values), secrecy: Boolean(values.secrecy), asking: asking || null, asked_by: values.asked_by || null, answered_by: values.answered_by || null }, { draft: 'add-matter-points', close: true }) });
}

/** The matter leaves the agenda undecided on the thing itself; the reason is minuted if there is one. */
export function strikeMatterDialog(desk) {
  const w = words.chair.strikeMatter;
  const { matter, number, title } = desk.s.matter || {};
  if (!matter) return plainDialog(desk, { title: w.title, body: html`<p>${w.gone}</p>` });
  const draft = `strike-${matter}`;
  return formDialog(desk, { title: w.title, label: w.act, grave: true, lead: html`<p><b>${words.shared.section(number)} ${title}</b></p><p>${w.lead}</p>`,
    fields: textField(desk, { name: 'reason', label: w.reason, hint: w.reasonHint, rows: 2, draft }),
    run: (values) => desk.send('strike-matter', { reason: values.reason.trim() || null }, { draft, close: true }) });
}

/** A matter that was added by mistake, or that nobody wants to bring forward any more. */
export function takeBackMatterDialog(desk, { matter }) {
  const w = words.chair.takeBackMatter;
  const row = (desk.s.agenda || []).find((one) => one.matter === matter);
  if (!row?.may_take_back) return plainDialog(desk, { title: w.title, body: html`<p>${w.gone}</p>` });
  return formDialog(desk, { title: w.title, label: w.act, grave: true, lead: html`<p><b>${row.title}</b></p><p>${w.lead}</p>`, fields: nothing,
    run: () => desk.send('take-back-matter', { matter }, { close: true }) });
}

/** What is known of a matter that has not been taken up; the secretary puts it right. */
export function matterFactsDialog(desk, { matter }) {
  const w = words.chair.matterFacts;
  const row = (desk.s.agenda || []).find((one) => one.matter === matter);
  if (!row) return plainDialog(desk, { title: w.title, body: html`<p>${w.gone}</p>` });
  const asking = ['interpellation', 'question'].includes(row.kind);
  return formDialog(desk, { title: w.title, lead: html`<p><b>${row.title}</b></p>`, label: w.act,
    fields: html`${asking ? nothing : checkField({ name: 'prepared', label: words.chair.addMatter.prepared, checked: row.prepared })}
      ${checkField({ name: 'authority', label: asking ? w.askingAuthority : words.chair.addMatter.authority, checked: row.authority })}
      ${checkField({ name: 'secrecy', label: words.chair.addMatter.secrecy, checked: row.secrecy })}`,
    run: (values) => desk.send('correct-matter', { matter, prepared: asking ? row.prepared : values.prepared, authority: values.authority, secrecy: values.secrecy }, { close: true }) });
}

export function disputeDialog(desk) {
  const w = words.chair.dispute;
  const here = (desk.s.presence || []).filter((row) => ['room', 'remote'].includes(row.state) && !row.disqualified).map((row) => row.person);
  const person = valueOf(desk, 'person');
  const by = valueOf(desk, 'questioned_by');
  return formDialog(desk, { title: w.title, label: w.act, why: !person ? w.needPerson : !by ? w.needBy : null,
    fields: html`${personField(desk, { name: 'person', label: w.who, pids: here })}${personField(desk, { name: 'questioned_by', label: w.by, pids: countedNow(desk) })}
      ${textField(desk, { name: 'reason', label: w.reason, rows: 2, draft: `dispute-${desk.s.matter?.matter}` })}`,
    run: (values) => desk.send('record-dispute', { person: values.person, questioned_by: values.questioned_by, reason: values.reason.trim() || null }, { draft: `dispute-${desk.s.matter?.matter}`, close: true }) });
}

/** What the body has decided about the one questioned: the chair asks, those present answer, the chair says which. */
export function conflictTestDialog(desk) {
  const w = words.chair.dispute;
  const dispute = desk.s.matter?.dispute;
  if (!dispute) return plainDialog(desk, { title: w.testTitle, body: html`<p>${w.nothing}</p>` });
  const name = desk.meeting.label(dispute.person);
  const answer = valueOf(desk, 'answer');
  return formDialog(desk, { title: w.testTitle, lead: html`<p>${w.testLead(name, desk.meeting.label(dispute.questioned_by), desk.s.meeting.body_definite)}</p>`, label: w.testAct, grave: answer === 'yes', why: answer ? null : w.needAnswer,
    fields: pickField({ name: 'answer', legend: w.asked, options: [['no', w.notDisqualified(name)], ['yes', w.disqualified(name)]] }),
    run: (values) => desk.send('decide-conflict', { disqualified: values.answer === 'yes' }, { close: true }) });
}
