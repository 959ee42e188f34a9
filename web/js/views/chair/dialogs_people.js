// Dialogs about persons: identity, the wrong person, a lost link with its three ways, calling in a substitute.
import { html, nothing } from '../../../vendor/lit/lit.js';
import { words, cited, clockSeconds } from '../../text.js';
import { icon } from '../../icons.js';
import { party, state } from '../../elements/people.js';
import { notice } from '../../elements/notice.js';
import { checkField, formDialog, lineField, personField, pickField, valueOf } from './form.js';
import { identityCard } from './identity.js';
import { admission, admissionBlocked, methodFor } from './primary.js';

export function identityDialog(desk, { person }) {
  const waiting = desk.meeting.inState('lobby', 'returning');
  const row = waiting.find((one) => one.person === person) || waiting[0];
  const w = words.chair.identity;
  if (!row) return html`<h1 id="dt">${w.nobody}</h1><div class="dend"><button class="btn main" @click=${() => desk.dismiss()}>${words.shared.close}</button></div>`;
  const refused = admissionBlocked(desk, row);
  const confirm = () => (refused ? desk.voice.say(refused.because) : desk.send('confirm-identity', admission(desk, row), { close: true }));
  return html`<h1 id="dt">${row.state === 'returning' ? w.titleBack : w.title}</h1>${identityCard(desk, row)}
    ${notice(desk.ui.notice, () => desk.set({ notice: null }))}
    <div class="dend"><button class="btn quiet" @click=${() => desk.dismiss()}>${w.later} <kbd aria-hidden="true">Esc</kbd></button>
      <button class="btn main big" aria-disabled=${refused ? 'true' : nothing} @click=${confirm}><span>${desk.ui.busy ? words.chair.sending : w.confirm}<small>${refused ? refused.reason : `${desk.meeting.label(row.person)} · ${w.methods[methodFor(desk, row)].toLowerCase()}`}</small></span></button></div>`;
}

export function rejectDialog(desk, { person }) {
  const w = words.chair.reject;
  const reason = valueOf(desk, 'reason');
  return formDialog(desk, { title: w.title(desk.meeting.label(person)), lead: html`<p>${w.lead}</p>`, label: w.act, grave: true, why: reason ? null : w.needReason,
    fields: pickField({ name: 'reason', legend: w.why, options: w.reasons.map((text) => [text, text]) }),
    run: (values) => desk.send('reject-from-lobby', { person, reason: values.reason }, { close: true }) });
}

/** Three ways in order of gentleness; the one that costs a right says which, for how long, by which section. */
export function droppedDialog(desk, { person }) {
  const { meeting, s } = desk;
  const w = words.chair.dropped;
  const row = meeting.presenceOf(person);
  const understood = Boolean(desk.ui.form.understood);
  const { quorum } = s;
  const next = row?.next_substitute;
  return html`<div class="row">${state('bad', 'lost', w.since(clockSeconds(row?.dropped_since)))}</div>
    <h1 id="dt">${meeting.person(person).name} ${party(meeting.person(person))} ${w.title}</h1>
    <p>${words.shared.present(quorum.present)}, ${words.shared.needed(quorum.needed)}. ${quorum.ok ? w.quorate : w.notQuorate}</p>
    <div class="choices"><section class="choice rec" aria-labelledby="c1"><div class="what"><h2 id="c1">${w.wait}</h2><p>${w.waitText}</p></div>
        <div class="do"><button class="btn main wide" data-key="1" @click=${() => desk.send('pause-meeting', { minutes: 5, reason: w.waitReason(meeting.label(person)) }, { close: true })}>${w.waitAct} <kbd aria-hidden="true">1</kbd></button></div></section>
      <section class="choice" aria-labelledby="c2"><div class="what"><h2 id="c2">${w.goOn(meeting.person(person).name)}</h2><p>${w.goOnText}</p></div>
        <div class="do"><button class="btn wide" data-key="2" @click=${() => desk.send('continue-without', { person }, { close: true })}>${w.goOnAct} <kbd aria-hidden="true">2</kbd></button></div></section>
      <section class="choice grave" aria-labelledby="c3"><div class="what"><h2 id="c3">${w.replace}</h2>
        ${next ? html`<p>${w.nextInTurn} <b>${meeting.person(next).name}</b> ${party(meeting.person(next))}, ${words.shared[meeting.where(next) === 'distance' ? 'remote' : 'room']}.</p>
          <div class="note bad">${icon('warning')}<p><b>${w.locksOut(meeting.person(person).name)}</b> ${cited('KL 5:20')}. ${w.cannotUndo}</p></div>
          <label class="check"><input type="checkbox" .checked=${understood} @change=${(e) => desk.set({ form: { ...desk.ui.form, understood: e.target.checked } })}><span>${w.understand}</span></label>` : html`<p>${w.nobodyInTurn}</p>`}</div>
        <div class="do">${next ? html`<button class="btn warn wide" data-key="3" aria-disabled=${understood ? nothing : 'true'} aria-describedby="why3" @click=${() => (understood ? desk.send('call-in-substitute', { substitute: next, member: person, only_matter: false, understood: true, override_reason: null }, { close: true }) : desk.voice.say(w.tick))}>${w.replaceAct} <kbd aria-hidden="true">3</kbd></button>
          ${understood ? nothing : html`<p class="meta" id="why3">${w.tick}</p>`}` : nothing}</div></section></div>
    ${notice(desk.ui.notice, () => desk.set({ notice: null }))}
    <div class="row end"><button class="btn quiet" @click=${() => desk.dismiss()}>${w.later} <kbd aria-hidden="true">Esc</kbd></button></div>`;
}

export function callSubstituteDialog(desk, { person, step }) {
  const w = words.chair.substitute;
  const { meeting } = desk;
  const empty = (desk.s.presence || []).filter((row) => meeting.person(row.person).role === 'member' && !row.counted && !row.replaced_by).map((row) => row.person);
  const member = valueOf(desk, 'member') || step?.command?.data?.member || person || '';
  const row = meeting.presenceOf(member);
  const called = step?.command?.data?.member === member ? step.command.data : null;
  const onlyMatter = Boolean(row?.disqualified || called?.only_matter);
  const next = row?.next_substitute || called?.substitute || '';
  const free = (desk.s.presence || []).filter((one) => meeting.person(one.person).role === 'substitute' && !one.serving && ['room', 'remote'].includes(one.state)).map((one) => one.person);
  const substitute = valueOf(desk, 'substitute') || next;
  const outOfTurn = substitute && next && substitute !== next;
  const locksOut = row && ['left', 'dropped', 'room', 'remote', 'returning'].includes(row.state) && !onlyMatter;
  const form = desk.ui.form;
  const why = !member ? w.needMember : !substitute ? w.needSubstitute : outOfTurn && !form.override_reason ? w.needReason : locksOut && !form.understood ? w.tick : null;
  return formDialog(desk, { title: w.title, label: substitute ? w.act(meeting.label(substitute)) : w.actNobody, why, grave: locksOut,
    lead: member && next ? html`<p>${w.inTurn} <b>${meeting.label(next)}</b>.</p>` : member ? html`<p>${w.nobodyInTurn}</p>` : nothing,
    fields: html`${personField(desk, { name: 'member', label: w.forWhom, pids: [...new Set([...empty, ...(member ? [member] : [])])], chosen: member })}
      ${personField(desk, { name: 'substitute', label: w.who, hint: w.whoHint, pids: [...new Set([...free, ...(next ? [next] : [])])], chosen: substitute })}
      ${outOfTurn ? lineField({ name: 'override_reason', label: w.reason, hint: w.reasonHint }) : nothing}
      ${onlyMatter ? html`<p class="meta">${w.onlyMatter}</p>` : nothing}
      ${locksOut ? html`<div class="note bad">${icon('warning')}<p><b>${w.locksOut(meeting.person(member).name)}</b> ${cited('KL 5:20')}.</p></div>${checkField({ name: 'understood', label: w.understand })}` : nothing}`,
    run: () => desk.send('call-in-substitute', { substitute, member, only_matter: onlyMatter, understood: Boolean(form.understood), override_reason: outOfTurn ? form.override_reason : null }, { close: true }) });
}
