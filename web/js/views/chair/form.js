// The parts every dialog is made of: frame, fields that keep what is half written, and the two buttons at the end.
import { html, nothing } from '../../../vendor/lit/lit.js';
import { words } from '../../text.js';
import { kept, keep } from '../../drafts.js';
import { notice } from '../../elements/notice.js';

/**
 * A dialog with a form. `why` is null or the reason the act is not possible yet; `run` gets the values.
 * @param {import('../chair.js').Desk} desk
 */
export function formDialog(desk, { title, lead = nothing, fields = nothing, label, sub = '', why = null, grave = false, back = words.shared.cancel, run }) {
  const asked = desk.ui.dialog;
  const submit = (event) => {
    event.preventDefault();
    // The second press of a double click may come when the act is done and its dialog not yet taken off the page.
    if (desk.ui.dialog !== asked) return;
    if (why) { desk.voice.say(why); desk.draw(); return; }
    run(valuesOf(event.target));
  };
  return html`<form @submit=${submit} @input=${(e) => onInput(desk, e)} autocomplete="off">
    <h1 id="dt">${title}</h1>${lead === nothing ? nothing : html`<div class="lead">${lead}</div>`}
    <div class="fields">${fields}</div>
    ${notice(desk.ui.notice, () => desk.set({ notice: null }))}
    <div class="dend"><button type="button" class="btn quiet" @click=${() => desk.dismiss()}>${back} <kbd aria-hidden="true">Esc</kbd></button>
      <button class="btn ${grave ? 'warn' : 'main'} big" aria-disabled=${why ? 'true' : nothing}><span>${desk.ui.busy ? words.chair.sending : label}${why || sub ? html`<small>${why || sub}</small>` : nothing}</span></button></div></form>`;
}

/** A dialog without a form: heading, body, and its own way out. */
export function plainDialog(desk, { title, body, ends = nothing }) {
  return html`<h1 id="dt">${title}</h1>${body}${notice(desk.ui.notice, () => desk.set({ notice: null }))}
    <div class="dend"><button type="button" class="btn quiet" @click=${() => desk.dismiss()}>${words.shared.close} <kbd aria-hidden="true">Esc</kbd></button>${ends}</div>`;
}

function onInput(desk, event) {
  const { name, value, dataset } = event.target;
  if (dataset.keep) keep(desk.boot.meeting, dataset.keep, value);
  desk.fill({ ...desk.ui.form, ...valuesOf(event.currentTarget), [name]: event.target.type === 'checkbox' ? event.target.checked : value });
}

function valuesOf(form) {
  const values = Object.fromEntries(new FormData(form));
  for (const box of form.querySelectorAll('input[type=checkbox]')) values[box.name] = box.checked;
  return values;
}

/** A list of persons to choose from, by surname. */
export function personField(desk, { name = 'person', label, hint = '', pids, chosen = '', draft = null, empty = words.chair.choose }) {
  const sorted = desk.meeting.byParty(pids).flatMap((group) => group.persons);
  return html`<div class="field"><label for=${`f-${name}`}>${label}</label>${hint ? html`<span class="hint" id=${`h-${name}`}>${hint}</span>` : nothing}
    <select class="input" id=${`f-${name}`} name=${name} data-keep=${draft || nothing} aria-describedby=${hint ? `h-${name}` : nothing}><option value="">${empty}</option>${sorted.map((pid) => html`<option value=${pid} ?selected=${pid === chosen}>${desk.meeting.label(pid)}</option>`)}</select></div>`;
}

/** A text that is kept in this browser until the server has it. */
export function textField(desk, { name, label, hint = '', rows = 3, draft, value = '' }) {
  return html`<div class="field"><label for=${`f-${name}`}>${label}</label>${hint ? html`<span class="hint" id=${`h-${name}`}>${hint}</span>` : nothing}
    <textarea class="input short" id=${`f-${name}`} name=${name} rows=${rows} data-keep=${draft} aria-describedby=${hint ? `h-${name}` : nothing} .defaultValue=${kept(desk.boot.meeting, draft) || value}></textarea></div>`;
}

/** One line; with a `draft` it is kept like a text. */
export function lineField({ name, label, hint = '', value = '', type = 'text', min = nothing, max = nothing, desk = null, draft = null }) {
  return html`<div class="field"><label for=${`f-${name}`}>${label}</label>${hint ? html`<span class="hint" id=${`h-${name}`}>${hint}</span>` : nothing}
    <input class="input" id=${`f-${name}`} name=${name} type=${type} min=${min} max=${max} data-keep=${draft || nothing} aria-describedby=${hint ? `h-${name}` : nothing} .defaultValue=${(draft && kept(desk.boot.meeting, draft)) || value}></div>`;
}

/** Radios with the digits as keys. @param {Array<[string, string, string?]>} options value, word, meaning */
export function pickField({ name, legend, options, chosen = '', inline = false, keys = null }) {
  return html`<fieldset class="field"><legend>${legend}</legend><div class="pick ${inline ? 'inline' : ''}">${options.map(([value, word, small], i) => html`<label data-key=${keys ? keys[i] : String(i + 1)}>
    <input type="radio" name=${name} value=${value} ?checked=${value === chosen}><span><b>${word}</b>${small ? html`<small>${small}</small>` : nothing}</span><kbd aria-hidden="true">${(keys ? keys[i] : String(i + 1)).toUpperCase()}</kbd></label>`)}</div></fieldset>`;
}

export const checkField = ({ name, label, checked = false }) => html`<label class="check"><input type="checkbox" name=${name} .defaultChecked=${checked}><span>${label}</span></label>`;

/** A value of the open form, with what was kept from before as the start. */
export function valueOf(desk, name, draft = null) {
  return desk.ui.form[name] ?? (draft ? kept(desk.boot.meeting, draft) : '');
}

/** Everybody who is counted now. */
export const countedNow = (desk) => (desk.s.presence || []).filter((row) => row.counted).map((row) => row.person);

/** Everybody who may move a proposal now: those who are counted, and those who attend with that right. */
export const proposersNow = (desk) => (desk.s.presence || []).filter((row) => row.counted || row.proposes).map((row) => row.person);
