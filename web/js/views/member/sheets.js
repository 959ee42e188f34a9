// The member's dialogs: leaving the meeting, changing devices, the keys.
import { html, nothing } from '../../../vendor/lit/lit.js';
import { Light, define } from '../../light.js';
import { words } from '../../text.js';
import { keep, kept } from '../../drafts.js';
import { devices } from './devices.js';

/** Leaving costs a right (5 kap. 20 §): a sentence is ticked first. */
class LeaveSheet extends Light {
  static properties = { understood: { state: true }, refusal: { attribute: false } };

  render() {
    const w = words.member.leave;
    const button = this.understood ? html`<button class="btn warn" @click=${() => this.ask('act', { name: 'depart', data: {} })}>${w.act}</button>`
      : html`<button class="btn" aria-disabled="true" aria-describedby="lw">${w.act}</button>`;
    return html`<h1 id="dt">${w.h}</h1><p>${w.text}</p><p class="lowgap2">${w.law}</p>
      <label class="check lowgap2"><input type="checkbox" @change=${(e) => { this.understood = e.target.checked; }}><span>${w.understand}</span></label>
      ${this.refusal || nothing}
      <p class="row lowgap2">${button}<button class="btn" @click=${() => this.ask('dismiss')}>${words.shared.cancel}</button>${this.understood ? nothing : html`<span class="meta" id="lw">${w.why}</span>`}</p>`;
  }
}

class DeviceSheet extends Light {
  static properties = { list: { state: true }, local: { attribute: false } };

  connectedCallback() { super.connectedCallback(); devices().then((list) => { this.list = list; }); }

  choose(kind, id) {
    keep('page', kind, id);
    this.ask('devices-on', { camera: kept('page', 'camera') || null, microphone: kept('page', 'microphone') || null });
  }

  field(kind, label, list, type) {
    const now = this.local?.getTracks().find((t) => t.kind === type)?.getSettings().deviceId;
    return html`<div class="field lowgap2"><label for="d-${kind}">${label}</label><select class="input" id="d-${kind}" @change=${(e) => this.choose(kind, e.target.value)}>${list.map((d) => html`<option value=${d.id} ?selected=${d.id === now}>${d.label}</option>`)}</select></div>`;
  }

  render() {
    const w = words.member.join;
    return html`<h1 id="dt">${words.member.more.devices}</h1>${this.list ? html`${this.field('camera', w.camera, this.list.cameras, 'video')}${this.field('microphone', w.mic, this.list.microphones, 'audio')}` : nothing}
      <p class="row lowgap2"><button class="btn main" @click=${() => this.ask('dismiss')}>${words.member.more.close}</button></p>`;
  }
}

define('leave-sheet', LeaveSheet);
define('device-sheet', DeviceSheet);

export const leaveSheet = ({ refusal }) => html`<leave-sheet .refusal=${refusal}></leave-sheet>`;
export const deviceSheet = ({ local }) => html`<device-sheet .local=${local}></device-sheet>`;

export function helpSheet({ open }) {
  const w = words.member.keys;
  const row = (keys, text) => html`<div><dt>${keys.map((k) => html`<kbd>${k}</kbd> `)}</dt><dd>${text}</dd></div>`;
  return html`<h1 id="dt">${w.h}</h1><dl class="kv keylist">${row(['⏎'], w.enter)}${row(['B'], w.b)}${row(['Y'], w.y)}${row(['V'], w.v)}${row(['R'], w.r)}${row(['J', 'N', 'A'], w.jna)}${row(['Esc'], w.esc)}</dl>
    <label class="check"><input type="checkbox" .checked=${kept('page', 'letters') !== 'off'} @change=${(e) => keep('page', 'letters', e.target.checked ? '' : 'off')}><span>${w.letters}</span></label>
    <p class="row lowgap2"><button class="btn main" @click=${() => open(null)}>${words.member.more.close}</button></p>`;
}

