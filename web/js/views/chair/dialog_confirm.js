// Asked before an act that leaves somebody out: what the server warns of, and the way back first.
import { html } from '../../../vendor/lit/lit.js';
import { words } from '../../text.js';
import { icon } from '../../icons.js';
import { notice } from '../../elements/notice.js';

/** The step as the server offers it now, or null when it is no longer offered. */
export const stepNow = (desk, step) => [desk.steps.primary, ...(desk.steps.seconds || []), ...(desk.steps.needs || []).flatMap((need) => need.actions)].find((one) => one?.id === step?.id) || null;

/** What the step warns of that is still true by the meeting's clock. */
export const standingWarnings = (desk, step) => (step?.warns || []).filter((one) => (!one.until || Date.parse(one.until) > desk.meeting.now()) && (!one.after || Date.parse(one.after) <= desk.meeting.now()));

/** Cancel has focus, so that a second Enter takes the chair back. @param {import('../chair.js').Desk} desk */
export function confirmDialog(desk, { step }) {
  const w = words.chair.confirm;
  const { id, command, label } = stepNow(desk, step) || step;
  const warns = standingWarnings(desk, stepNow(desk, step) || step);
  return html`<h1 id="dt">${w.titles[command.name] || `${label}?`}</h1>
    <div class="lead warned" id="warned">${warns.length ? warns.map((one) => html`<div class="note att">${icon('info')}<p>${one.because}</p></div>`) : html`<p class="out">${icon('check')}<b>${w.nothingLeft}</b></p>`}</div>
    ${notice(desk.ui.notice, () => desk.set({ notice: null }))}
    <div class="dend"><button type="button" class="btn big back" autofocus aria-describedby="warned" @click=${() => desk.dismiss()}>${w.backs[command.name] || words.chair.close.back} <kbd aria-hidden="true">Esc</kbd></button>
      <button type="button" class="btn ${warns.length ? 'warn' : 'main'} big" @click=${() => desk.send(command.name, command.data || {}, { id, close: true })}>${desk.ui.busy === id ? words.chair.sending : warns.length ? w.acts[command.name] || label : label}</button></div>`;
}
