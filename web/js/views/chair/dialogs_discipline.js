// Dialogs about order at the meeting: told off, sent out, and the meeting dissolved.
import { html, nothing } from '../../../vendor/lit/lit.js';
import { words, cited } from '../../text.js';
import { icon } from '../../icons.js';
import { checkField, formDialog, lineField, personField, pickField, textField, valueOf } from './form.js';

const LISTENER = 'listener';
const warning = (text) => (text ? html`<p class="note att">${icon('warning')}<span>${text}</span></p>` : nothing);

/** Whoever is here may be told off, but not the one who presides nor the one who keeps the minutes. */
export function admonishDialog(desk) {
  const w = words.chair.conduct;
  const here = (desk.s.presence || []).filter((row) => !['expected', 'absent', 'left', 'expelled'].includes(row.state)).map((row) => row.person)
    .filter((pid) => pid !== desk.s.meeting.chair && desk.meeting.person(pid).role !== 'secretary');
  const person = valueOf(desk, 'person');
  const listener = valueOf(desk, LISTENER).trim();
  const name = person ? desk.meeting.label(person) : listener;
  const why = !person && !listener ? w.needWho : !valueOf(desk, 'reason').trim() ? w.needWhat : null;
  return formDialog(desk, { title: w.admonish, lead: html`<p>${w.admonishLead}</p>`, label: name ? w.admonishAct(name) : w.admonish, why,
    fields: html`${personField(desk, { label: w.who, pids: here, empty: w.nobody })}
      ${person ? nothing : lineField({ name: LISTENER, label: w.listener, hint: w.listenerHint })}
      ${textField(desk, { name: 'reason', label: w.what, rows: 2, draft: 'admonish' })}`,
    run: (values) => desk.send('admonish', { reason: values.reason.trim(), person: person || null, listener: person ? null : listener }, { draft: 'admonish', close: true }) });
}

/** Only those who have been told off stand here: that comes first. */
export function expelDialog(desk) {
  const w = words.chair.conduct;
  const { admonished = [], expulsion_cites: cites, expulsion_warning: lacking } = desk.s.conduct || {};
  const rows = admonished.filter((row) => row.here);
  const key = (row) => row.person || row.listener;
  const label = (row) => (row.person ? desk.meeting.label(row.person) : `${w.nobody}: ${row.listener}`);
  const row = rows.find((one) => key(one) === (valueOf(desk, 'who') || (rows.length === 1 ? key(rows[0]) : '')));
  const serves = row?.person && desk.meeting.presenceOf(row.person)?.serving;
  const why = !rows.length ? w.nobodyTold : !row ? w.needWho : !valueOf(desk, 'reason').trim() ? w.needWhy : null;
  return formDialog(desk, { title: w.expel, lead: html`<p>${w.expelLead} ${cited(cites)}.</p>${warning(lacking)}`, label: row ? w.expelAct(label(row)) : w.expel, grave: true, why,
    sub: serves && desk.s.conduct.expulsion_ends_day ? w.day(label(row)) : '',
    fields: html`${rows.length ? pickField({ name: 'who', legend: w.who, chosen: row ? key(row) : '', options: rows.map((one) => [key(one), label(one), w.times(one.times)]) }) : nothing}
      ${textField(desk, { name: 'reason', label: w.why, rows: 2, draft: 'expel' })}`,
    run: (values) => desk.send('expel', { reason: values.reason.trim(), person: row.person, listener: row.listener }, { draft: 'expel', close: true }) });
}

/** Nothing comes after this: what is left undone and the lost right to reserve are said first. */
export function dissolveDialog(desk) {
  const w = words.chair.conduct;
  const left = (desk.s.agenda || []).filter((row) => ['coming', 'current'].includes(row.status) && !row.outcome_text).length;
  const why = !valueOf(desk, 'reason').trim() ? w.needWhy : !desk.ui.form.understand ? w.tick : null;
  return formDialog(desk, { title: w.dissolve, lead: html`<p>${w.dissolveLead(left)}</p>${warning(desk.s.conduct?.dissolution_warning)}`, label: w.dissolveAct, grave: true, why,
    fields: html`${textField(desk, { name: 'reason', label: w.why, rows: 2, draft: 'dissolve' })}${checkField({ name: 'understand', label: w.understand })}`,
    run: (values) => desk.send('dissolve-meeting', { reason: values.reason.trim() }, { draft: 'dissolve', close: true }) });
}
