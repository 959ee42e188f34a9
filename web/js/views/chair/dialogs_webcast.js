// Dialogs about the webcast: started with what those present are told, what is recorded of it, and what is to be masked.
import { html, nothing } from '../../../vendor/lit/lit.js';
import { words, day } from '../../text.js';
import { icon } from '../../icons.js';
import { webcastRecord } from '../../elements/webcast.js';
import { checkField, formDialog, lineField, pickField, plainDialog, textField, valueOf } from './form.js';

/** The steps back that are offered, in minutes. */
const BACK = [2, 5, 15];
const BETWEEN = 'between';

/** Started while it is off, told of while it is on. @param {import('../chair.js').Desk} desk */
export function webcastDialog(desk) {
  return desk.s.webcast?.on ? told(desk) : start(desk);
}

/** What is lacking is shown before the act; the same key then starts it all the same, and it is recorded. */
function start(desk) {
  const w = words.webcast.start;
  const cast = desk.s.webcast || { spans: [] };
  const clear = Boolean(desk.ui.form.gallery_clear);
  const lacks = !cast.information || !clear;
  return formDialog(desk, { title: cast.spans?.length ? w.again : w.title, label: lacks ? w.anyway : w.act, sub: lacks ? w.recorded : '',
    lead: html`<p>${w.lead}</p>${cast.information ? html`<p class="meta casth">${w.say}</p><blockquote class="say small">${words.webcast.onNow} ${cast.information}</blockquote>`
      : html`<p class="note att">${icon('warning')}<span>${w.noText}</span></p>`}<p class="meta casth">${cast.keep_until ? w.kept(day(cast.keep_until)) : w.notKept}</p>`,
    fields: checkField({ name: 'gallery_clear', label: w.gallery }),
    run: (values) => desk.send('start-webcast', { gallery_clear: Boolean(values.gallery_clear), understood: lacks }, { close: true }) });
}

function told(desk) {
  const w = words.webcast.now;
  const cast = desk.s.webcast;
  return plainDialog(desk, { title: w.title, body: html`<p class="casth">${words.webcast.onNow} ${cast.information || ''}</p>${webcastRecord(desk.meeting, cast)}`,
    ends: html`<button class="btn" @click=${() => desk.open('redaction')}>${w.mark}</button><button class="btn main" @click=${() => desk.send('stop-webcast', {}, { close: true })}>${w.stop}</button>` });
}

/** Which stretch and why; the recording itself is the organisation's. */
export function redactionDialog(desk) {
  const w = words.webcast.redaction;
  const which = valueOf(desk, 'which');
  const [from, to] = [valueOf(desk, 'from'), valueOf(desk, 'to')];
  const why = !which ? w.needWhich : which === BETWEEN && !(from && to) ? w.needTimes : !valueOf(desk, 'reason', 'redaction').trim() ? w.needReason : null;
  return formDialog(desk, { title: w.title, label: w.act, why, lead: html`<p>${w.lead} ${desk.s.webcast?.on ? '' : w.off}</p>`,
    fields: html`${pickField({ name: 'which', legend: w.which, chosen: which, options: [...BACK.map((n) => [String(n), w.last(n)]), [BETWEEN, w.between]] })}
      ${which === BETWEEN ? html`<div class="row">${lineField({ name: 'from', label: w.from, type: 'time' })}${lineField({ name: 'to', label: w.to, type: 'time' })}</div>` : nothing}
      ${textField(desk, { name: 'reason', label: w.reason, hint: w.reasonHint, rows: 2, draft: 'redaction' })}`,
    run: (values) => desk.send('mark-for-redaction', { reason: values.reason.trim(), ...stretch(desk, values) }, { draft: 'redaction', close: true }) });
}

function stretch(desk, { which, from, to }) {
  if (which !== BETWEEN) return { minutes: Number(which), begins_at: null, ends_at: null };
  return { minutes: null, begins_at: instant(desk, from), ends_at: instant(desk, to) };
}

/** A time of day as an instant of this meeting: in its own offset, and after midnight when it is far before the start. */
function instant(desk, time) {
  const { starts_at: starts } = desk.s.meeting;
  const at = Date.parse(`${starts.slice(0, 10)}T${time}:00${starts.slice(19)}`);
  const early = Date.parse(starts) - 6 * 3600 * 1000;
  return new Date(at < early ? at + 24 * 3600 * 1000 : at).toISOString();
}
