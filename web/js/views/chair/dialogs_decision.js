// Dialogs about how a matter is decided: who takes no part in the decision.
import { html, nothing } from '../../../vendor/lit/lit.js';
import { words } from '../../text.js';
import { icon } from '../../icons.js';
import { named } from '../../elements/people.js';
import { countedNow, formDialog, lineField, personField, valueOf } from './form.js';

/** Who abstains; where all shall take part only the chair may let it happen, and says why. */
export function abstentionDialog(desk) {
  const w = words.decision.abstention;
  const { matter } = desk.s;
  const abstaining = matter?.abstaining || [];
  const bound = Boolean(matter?.all_take_part) && desk.boot.role === 'chair';
  const why = !valueOf(desk, 'person') ? w.needPerson : bound && !valueOf(desk, 'override_reason').trim() ? w.needReason : null;
  return formDialog(desk, { title: w.title, label: w.act, why, lead: html`<p>${w.lead}</p>`,
    fields: html`${abstaining.length ? html`<div class="field"><h2 class="label">${w.now}</h2><ul class="talk">${abstaining.map((pid) => html`<li><div class="who">${named(desk.meeting, pid)}</div>
        <button type="button" class="btn small" aria-label=${w.backOf(desk.meeting.label(pid))} @click=${() => desk.send('withdraw-abstention', { person: pid }, { close: true })}>${w.back}</button></li>`)}</ul></div>` : nothing}
      ${personField(desk, { label: w.who, pids: countedNow(desk).filter((pid) => !abstaining.includes(pid)) })}
      ${bound ? html`<div class="note att">${icon('scales')}<p>${w.authority}</p></div>${lineField({ name: 'override_reason', label: w.reason, hint: w.reasonHint })}` : nothing}`,
    run: (values) => desk.send('record-abstention', { person: values.person, override_reason: (values.override_reason || '').trim() || null }, { close: true }) });
}
