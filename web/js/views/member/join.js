// <join-check>: before the meeting. At a distance: camera, microphone, loudspeaker, connection, room. In the hall: the rolling code.
import { html, nothing } from '../../../vendor/lit/lit.js';
import { Light, define } from '../../light.js';
import { icon } from '../../icons.js';
import { words, day, clock } from '../../text.js';
import { party } from '../../elements/people.js';
import { webcastNote } from '../../elements/webcast.js';
import { keep, kept } from '../../drafts.js';
import { devices, measure, tone } from './devices.js';
import { signInAgain } from '../../elements/notice.js';

class JoinCheck extends Light {
  static properties = { meeting: { attribute: false }, boot: { attribute: false }, media: { attribute: false }, mediaState: {}, mediaReason: {}, sending: {}, notice: {}, refusal: { attribute: false },
    level: { state: true }, spoke: { state: true }, heard: { state: true }, room: { state: true }, list: { state: true }, where: { state: true }, code: { state: true }, choosing: { state: true } };

  constructor() {
    super();
    Object.assign(this, { level: 0, spoke: false, heard: null, room: false, list: { cameras: [], microphones: [] }, where: null, code: '', choosing: null });
  }

  get s() { return this.meeting.sections; }

  get mayDistance() { return this.meeting.mayNot('enter-lobby'); }

  /** The way of taking part: what was chosen, else what the standing orders and the last time suggest. */
  get way() {
    if (this.s.meeting.form === 'room' || this.mayDistance) return this.where || 'room';
    return this.where || kept('page', 'way') || 'remote';
  }

  updated() {
    const stream = this.media?.local || null;
    if (stream !== this.measured) {
      this.stopMeasure?.();
      this.measured = stream;
      this.spoke = false;
      if (stream) {
        this.stopMeasure = measure(stream, (level) => { this.level = level; if (level > 0.35) this.spoke = true; });
        devices().then((list) => { this.list = list; });
      }
    }
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.stopMeasure?.();
    this.measured = undefined;
  }

  /** Why the lobby cannot be entered yet, in under six words, or null. */
  get why() {
    const w = words.member.join.why;
    if (!this.media?.local) return w.devices;
    if (this.heard !== true) return w.sound;
    if (!this.room) return w.place;
    return this.mediaState === 'connected' ? null : w.line;
  }

  pick(where) {
    this.where = where;
    keep('page', 'way', where);
    if (where === 'room' && this.media?.local) this.ask('devices-off');
  }

  choose(kind, id) {
    keep('page', kind, id);
    this.ask('devices-on', { camera: kept('page', 'camera') || null, microphone: kept('page', 'microphone') || null });
  }

  render() {
    const m = this.s.meeting;
    const w = words.member.join;
    const both = m.form !== 'room' && !this.mayDistance;
    return html`<main class="mmain" id="main"><div class="lobby"><div class="lh"><p class="eyebrow">${w.on(day(m.starts_at), clock(m.starts_at))}${m.place ? ` · ${m.place}` : ''}</p><h1 tabindex="-1">${m.body}</h1>
      ${m.rehearsal ? html`<p class="state att">${icon('info')}${words.shared.rehearsal}</p>` : nothing}
      ${this.anotherDay()}${webcastNote(this.s.webcast)}
      ${this.notice ? html`<p class="note att">${icon('warning')}<span>${this.notice}</span></p>` : nothing}
      ${both ? html`<div class="row views way" role="group" aria-label=${w.where}>
        <button class="btn" aria-pressed=${this.way === 'remote'} @click=${() => this.pick('remote')}>${icon('link')}${w.distance}</button>
        <button class="btn" aria-pressed=${this.way === 'room'} @click=${() => this.pick('room')}>${icon('room')}${w.hall}</button></div>`
        : this.mayDistance && m.form !== 'room' ? html`<p class="note">${icon('info')}<span><b>${w.noDistance}.</b> ${this.mayDistance.because}</span></p>${this.stronger()}` : nothing}
      ${this.way === 'room' || this.media?.local ? nothing : html`<p class="try"><a href="/check">${words.check.title}</a></p>`}</div>
      ${this.way === 'room' ? this.hall() : this.distance()}</div></main><div class="mbar one" id="nu">${this.bar()}</div>`;
  }

  /** When the meeting goes on, while it waits for another day. */
  anotherDay() {
    const at = this.s.meeting.phase === 'paused' && this.s.meeting.pause?.continues_at;
    const w = words.member.paused;
    return at ? html`<p class="note att">${icon('pause')}<span><b>${w.untilDay(day(at), clock(at))}.</b> ${w.dayText}</span></p>` : nothing;
  }

  /** What one may do for want of e-legitimation: sign in with it, or follow a public meeting. */
  stronger() {
    if (this.mayDistance.code !== 'identity-not-strong') return nothing;
    const w = words.member.join;
    return html`<div class="row lowgap">${signInAgain(this.boot, 'btn main')}
      ${this.meeting.mayNot('follow-as-viewer') === null ? html`<button class="btn" @click=${() => this.ask('act', { name: 'follow-as-viewer', data: {} })}>${icon('eye')}${w.asViewer}</button>` : nothing}</div>`;
  }

  distance() {
    const w = words.member.join;
    const me = this.meeting.person(this.s.me.person);
    const stream = this.media?.local || null;
    const denied = this.mediaState === 'denied';
    return html`<div class="lv"><video-tile shape="four" .stream=${stream} .label=${words.member.myPicture} .note=${denied ? w.denied[this.mediaReason] || w.denied.unknown : w.noPicture}></video-tile>
        <p class="me"><b>${me.name}</b> ${party(me)} ${stream ? html`<span class="state ok">${icon('camera')}${w.seen}</span>` : nothing}</p></div>
      <ul class="checks">
        ${this.check(stream ? 'ok' : 'todo', stream ? 'check' : 'camera', w.camera, stream ? w.cameraOk : denied ? html`${w.denied[this.mediaReason] || w.denied.unknown} ${w.deniedHelp[this.mediaReason] || w.deniedHelp.unknown}` : this.mediaState === 'asking' ? w.cameraAsk : w.cameraOff,
          stream ? this.change('camera', this.list.cameras) : nothing, this.chooser('camera', this.list.cameras))}
        ${this.check(this.spoke ? 'ok' : stream ? 'todo' : '', this.spoke ? 'check' : 'mic', w.mic, stream ? (this.spoke ? w.micOk : w.micSay) : nothing,
          stream ? this.change('microphone', this.list.microphones) : nothing, stream ? html`${this.gauge()}${this.chooser('microphone', this.list.microphones)}` : nothing)}
        ${this.check(this.heard === true ? 'ok' : stream ? 'todo' : '', this.heard === true ? 'check' : 'speaker', w.speaker, this.heard === null ? w.speakerPlay : this.heard ? w.speakerOk : w.speakerAsk,
          html`<div class="row"><button class="btn small" @click=${() => { tone(); if (!this.heard) this.heard = false; }}>${w.play}<span class="sr">: ${w.speaker}</span></button>${this.heard === false ? html`<button class="btn small main" @click=${() => { this.heard = true; }}>${w.yes}</button>` : nothing}</div>`)}
        ${this.check(this.mediaState === 'connected' ? 'ok' : '', this.mediaState === 'connected' ? 'check' : 'link', w.line, this.mediaState === 'connected' ? w.lineOk : this.mediaState === 'failed' ? w.lineBad(this.mediaReason || '') : stream ? w.lineTry : w.lineWait)}
        <li class=${this.room ? 'ok' : ''}>${icon(this.room ? 'check' : 'lock')}<div><b>${w.place}</b><small>${w.placeText}</small></div><label class="check"><input type="checkbox" .checked=${this.room} @change=${(e) => { this.room = e.target.checked; }}><span class="sr">${w.placeName}</span></label></li>
      </ul>${denied ? html`<p class="note lowgap2 span">${icon('room')}<span>${w.deniedElse}</span></p>` : nothing}<div class="span">${this.refusal || nothing}</div>`;
  }

  check(form, picture, title, text, action = nothing, below = nothing) {
    return html`<li class=${form}>${icon(picture)}<div><b>${title}</b>${text === nothing ? nothing : html`<small>${text}</small>`}${below}</div>${action}</li>`;
  }

  change(kind, list) {
    if (list.length < 2) return nothing;
    const w = words.member.join;
    return html`<button class="btn small" aria-expanded=${this.choosing === kind} @click=${() => { this.choosing = this.choosing === kind ? null : kind; }}>${w.change}<span class="sr">: ${kind === 'camera' ? w.camera : w.mic}</span></button>`;
  }

  chooser(kind, list) {
    if (this.choosing !== kind) return nothing;
    const w = words.member.join;
    const track = this.media?.local?.getTracks().find((t) => t.kind === (kind === 'camera' ? 'video' : 'audio'));
    const now = track?.getSettings().deviceId;
    return html`<select class="input lowgap2" aria-label=${kind === 'camera' ? w.changeCamera : w.changeMic} @change=${(e) => this.choose(kind, e.target.value)}>${list.map((d) => html`<option value=${d.id} ?selected=${d.id === now}>${d.label}</option>`)}</select>`;
  }

  gauge() {
    return html`<svg class="gauge" viewBox="0 0 400 12" preserveAspectRatio="none" aria-hidden="true"><rect class="track" x=".5" y=".5" width="399" height="11" rx="5.5"></rect><rect class="fill ok" x=".5" y=".5" width=${(399 * this.level).toFixed(0)} height="11" rx="5.5"></rect></svg>`;
  }

  hall() {
    const w = words.member.join;
    return html`<form id="checkin" class="stack card" @submit=${(e) => { e.preventDefault(); if (this.ready) this.ask('check-in', { code: this.digits }); }}>
      <div class="field"><label for="code">${w.code}</label><span class="hint" id="code-hint">${w.codeHint}</span><input class="input codein num" id="code" inputmode="numeric" autocomplete="off" maxlength="7" aria-describedby="code-hint" .value=${this.code} @input=${(e) => { this.code = e.target.value; }}></div>
      ${this.refusal || nothing}<p class="meta">${w.orSecretary}</p></form>`;
  }

  get digits() { return this.code.replaceAll(/\D/g, ''); }

  get ready() { return this.digits.length === 5; }

  bar() {
    const w = words.member.join;
    if (this.way === 'room') {
      return this.ready ? html`<button data-act="check-in" class="btn main big wide" form="checkin">${w.checkIn}</button>`
        : html`<button data-act="check-in" class="btn big wide" form="checkin" aria-disabled="true" aria-describedby="why">${w.checkIn}<small id="why">${w.codeWhy}</small></button>`;
    }
    if (!this.media?.local) return html`<button class="btn main big wide" ?disabled=${this.mediaState === 'asking'} @click=${() => this.ask('devices-on', { camera: kept('page', 'camera') || null, microphone: kept('page', 'microphone') || null })}>${icon('camera')}${this.mediaState === 'denied' ? w.again : w.start}</button>`;
    const why = this.why;
    return why ? html`<button data-act="enter-lobby" class="btn big wide" aria-disabled="true" aria-describedby="why">${w.enter}<small id="why">${why}</small></button>`
      : html`<button data-act="enter-lobby" class="btn main big wide" @click=${() => this.ask('enter')}>${w.enter}</button>`;
  }
}

define('join-check', JoinCheck);
