// Dialogs about how matters are decided: who takes no part in the decision, several taken in a block, a proposal not put.
import { html, nothing } from '../../../vendor/lit/lit.js';
import { words } from '../../text.js';
import { icon } from '../../icons.js';
import { named } from '../../elements/people.js';
import { countedNow, formDialog, lineField, personField, pickField, valueOf } from './form.js';

/** Who abstains; where all shall take part only the chair may let it happen, and says why. */
export function abstentionDialog(desk) {
  const w = words.decision.abstention;
  const rows = desk.s.block?.matters || null;
  const chosen = rows ? valueOf(desk, 'matter') || rows[0].matter : null;
  const matter = rows ? rows.find((row) => row.matter === chosen) : desk.s.matter;
  const abstaining = matter?.abstaining || [];
  const bound = Boolean(matter?.all_take_part) && desk.boot.role === 'chair';
  const why = !valueOf(desk, 'person') ? w.needPerson : bound && !valueOf(desk, 'override_reason').trim() ? w.needReason : null;
  return formDialog(desk, { title: w.title, label: w.act, why, lead: html`<p>${w.lead}</p>`,
    fields: html`${rows ? matterField(rows, chosen) : nothing}${abstaining.length ? html`<div class="field"><h2 class="label">${w.now}</h2><ul class="talk">${abstaining.map((pid) => html`<li><div class="who">${named(desk.meeting, pid)}</div>
        <button type="button" class="btn small" aria-label=${w.backOf(desk.meeting.label(pid))} @click=${() => desk.send('withdraw-abstention', { person: pid, matter: chosen }, { close: true })}>${w.back}</button></li>`)}</ul></div>` : nothing}
      ${personField(desk, { label: w.who, pids: countedNow(desk).filter((pid) => !abstaining.includes(pid)) })}
      ${bound ? html`<div class="note att">${icon('scales')}<p>${w.authority}</p></div>${lineField({ name: 'override_reason', label: w.reason, hint: w.reasonHint })}` : nothing}`,
    run: (values) => desk.send('record-abstention', { person: values.person, matter: chosen, override_reason: (values.override_reason || '').trim() || null }, { close: true }) });
}

const matterField = (rows, chosen) => html`<div class="field"><label for="f-matter">${words.decision.block.matter}</label><select class="input" id="f-matter" name="matter">${rows.map((row) => html`<option value=${row.matter} ?selected=${row.matter === chosen}>${row.title}</option>`)}</select></div>`;

/** Which of the matters to come are decided together; the server says which may be. */
export function blockDialog(desk) {
  const w = words.decision.block;
  const may = (desk.s.agenda || []).filter((row) => (desk.s.blockable || []).includes(row.matter));
  const alike = (row) => may.filter((other) => other.kind === row.kind).length;
  const usual = [...may].sort((a, b) => alike(b) - alike(a))[0]?.kind;
  const chosen = may.filter((row) => desk.ui.form[`in-${row.matter}`] ?? row.kind === usual).map((row) => row.matter);
  return formDialog(desk, { title: w.title, label: w.act(chosen.length), why: chosen.length < 2 ? w.needTwo : null, lead: html`<p>${w.lead}</p>`,
    fields: html`<fieldset class="field"><legend>${w.which}</legend>${may.map((row) => html`<label class="check"><input type="checkbox" name=${`in-${row.matter}`} .defaultChecked=${row.kind === usual}><span>${row.title}${row.reference ? html` <small>${row.reference}</small>` : nothing}</span></label>`)}</fieldset>`,
    run: () => desk.send('take-up-block', { matters: chosen }, { close: true }) });
}

export function liftDialog(desk, asked) {
  const w = words.decision.block;
  const rows = desk.s.block?.matters || [];
  const chosen = valueOf(desk, 'matter') || asked.matter || rows[0]?.matter || '';
  return formDialog(desk, { title: w.liftTitle, label: w.liftAct, why: valueOf(desk, 'person') ? null : w.needPerson, lead: html`<p>${w.liftLead}</p>`,
    fields: html`${matterField(rows, chosen)}${personField(desk, { label: w.who, pids: countedNow(desk) })}`,
    run: (values) => desk.send('record-lift', { matter: chosen, person: values.person }, { close: true }) });
}

/** What the chair does not put, and what the body has decided shall be put all the same. */
export function refuseProposalDialog(desk) {
  const w = words.decision.refusal;
  const proposals = (desk.s.matter?.proposals || []).filter((one) => !one.withdrawn);
  const refused = proposals.filter((one) => one.refused);
  const why = !valueOf(desk, 'proposal') ? w.needProposal : !valueOf(desk, 'ground') ? w.needGround : !valueOf(desk, 'reason').trim() ? w.needReason : null;
  return formDialog(desk, { title: w.title, label: w.act, why, lead: html`<p>${w.lead}</p>`,
    fields: html`${refused.length ? html`<div class="field"><h2 class="label">${w.refused}</h2><ul class="talk">${refused.map((one) => html`<li><div class="who"><b>${one.title}</b><small>${one.refused.reason}</small></div>
        ${one.refused.may_overrule ? html`<button type="button" class="btn small" aria-label=${w.overruleOf(one.title)} @click=${() => desk.send('overrule-refusal', { proposal: one.id }, { close: true })}>${w.overrule}</button>` : nothing}</li>`)}</ul></div>` : nothing}
      ${pickField({ name: 'proposal', legend: w.which, options: proposals.filter((one) => !one.refused).map((one) => [one.id, one.title, one.text]) })}
      ${pickField({ name: 'ground', legend: w.ground, inline: true, keys: ['n', 'o'], options: Object.entries(w.grounds) })}
      ${lineField({ name: 'reason', label: w.reason, hint: w.reasonHint })}`,
    run: (values) => desk.send('refuse-proposal', { proposal: values.proposal, ground: values.ground, reason: values.reason.trim() }, { close: true }) });
}
