// An interpreter's booth: hears the meeting, sees who speaks, and sends a picture or a spoken channel while on the air.
import { html, nothing } from '../../vendor/lit/lit.js';
import { Light, define } from '../light.js';
import { icon, markUrl } from '../icons.js';
import { words } from '../text.js';
import { MediaRoom } from '../media.js';
import { keep, kept } from '../drafts.js';
import '../elements/video.js';
import { Sound, devices, measure } from './member/devices.js';
import { BoothLine } from './booth/line.js';

/** How often (ms) the server is asked how the meeting goes. */
const ASK = 2000;

class BoothPage extends Light {
  static properties = { line: { attribute: false }, level: { state: true } };

  constructor() {
    super();
    Object.assign(this, { told: null, silent: false, ended: null, room: null, mediaState: 'idle', mediaReason: null, streams: {}, onAir: false, level: 0, list: [], lost: false, blocked: false });
    this.sound = new Sound(() => this.set({ blocked: true }));
  }

  set(part) { Object.assign(this, part); this.requestUpdate(); }

  connectedCallback() {
    super.connectedCallback();
    if (!this.line.key) { this.ended = 'key'; return; }
    this.#ask();
    this.asking = setInterval(() => this.#ask(), ASK);
    window.addEventListener('pagehide', () => this.line.leave());
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearInterval(this.asking);
    this.stopMeasure?.();
  }

  get signs() { return this.told?.feeds === 'sign'; }

  get connected() { return this.mediaState === 'connected'; }

  /** Whether the interpreter has sat down: devices are wanted and a connection is kept up. */
  get seated() { return !['idle', 'denied'].includes(this.mediaState); }

  // ---- the server ----

  async #ask() {
    const answer = await this.line.state();
    if (answer.reason === 'key') { this.#end('key'); return; }
    this.set({ silent: !answer.told, told: answer.told || this.told, because: answer.because || null });
  }

  /** The key is no longer good, or used by another page: nothing more is tried. @param {'key'|'elsewhere'} ended */
  #end(ended) {
    this.room?.stop(ended);
    this.sound.stop();
    if (ended === 'key') clearInterval(this.asking);
    this.set({ ended, onAir: false, streams: {} });
  }

  // ---- sitting down ----

  /** @param {boolean} takeOver from another page with the same key */
  async sit(takeOver = false) {
    this.ended = null;
    this.line.takeOver = takeOver;
    this.room ??= new MediaRoom({
      iceServers: this.told.ice_servers,
      send: (message) => this.line.signal(message, this.room, (reason) => this.#end(reason)),
      onstate: (mediaState, reason) => this.set({ mediaState, mediaReason: reason ?? null }),
      ontrack: (slot, stream) => { this.streams = { ...this.streams, [slot]: stream }; if (['floor', 'chair', 'hall'].includes(slot)) this.sound.play(slot, stream); this.requestUpdate(); },
      ondevice: (_, event) => this.set({ lost: event !== 'unmute' }),
    });
    await this.room.start({ ...this.chosen, publish: true, sends: { sound: !this.signs, picture: this.signs, thumb: false } });
    this.#air(this.onAir);
    this.#measure();
    this.list = this.signs ? (await devices()).cameras : (await devices()).microphones;
    this.set({ lost: false });
  }

  get device() { return this.signs ? 'camera' : 'microphone'; }

  get chosen() { return { [this.device]: kept('booth', this.device) || null }; }

  async choose(id) {
    keep('booth', this.device, id);
    const refused = await this.room.setDevices(this.chosen);
    if (!refused) { this.lost = false; this.#measure(); }
    this.requestUpdate();
  }

  #measure() {
    this.stopMeasure?.();
    this.stopMeasure = this.room.local && !this.signs ? measure(this.room.local, (level) => { this.level = level; }) : null;
  }

  /** On the air or off it: off it nothing leaves this computer. @param {boolean} onAir */
  #air(onAir) {
    this.onAir = onAir;
    this.room.handle({ kind: 'hint', full: onAir && this.signs, mic: onAir && !this.signs });
    this.requestUpdate();
  }

  // ---- drawing ----

  /** How it stands: [level, icon, words]. The worst that is true is said. */
  get standing() {
    const w = words.booth;
    const { told } = this;
    if (!this.seated) return ['calm', 'info', w.notSeated];
    if (this.mediaState === 'asking') return ['calm', 'clock', words.member.join.cameraAsk];
    if (this.mediaState === 'connecting') return ['calm', 'clock', words.member.join.lineTry];
    if (!this.connected) return ['bad', 'lost', this.onAir ? w.lostOnAir : w.lost];
    if (this.lost) return ['bad', this.signs ? 'cameraOff' : 'micOff', w.deviceLost[this.device]];
    if (this.silent) return ['att', 'weak', w.noAnswer];
    if (!told.on_air) return ['att', 'pause', w.notOpen[told.phase] || w.notOpen.paused];
    if (this.onAir) return ['ok', this.signs ? 'camera' : 'mic', w.onAir];
    return ['att', 'pause', w.offAir];
  }

  render() {
    const w = words.booth;
    const { told } = this;
    if (this.ended) return this.#frame(html`<div class="votepage"><h1 tabindex="-1">${w.ended[this.ended][0]}</h1><p class="note">${icon('info')}<span>${w.ended[this.ended][1]}</span></p>
      ${this.ended === 'elsewhere' ? html`<p class="row lowgap2"><button class="btn main" @click=${() => this.sit(true)}>${w.takeOver}</button></p>` : nothing}</div>`);
    if (!told) return this.#frame(html`<div class="votepage"><h1 tabindex="-1">${w.title}</h1><p class="note ${this.silent ? 'att' : ''}" role="status">${icon(this.silent ? 'lost' : 'clock')}<span>${this.because || (this.silent ? w.noAnswer : w.opening)}</span></p></div>`);
    const [level, picture, text] = this.standing;
    return this.#frame(html`<div class="lobby booth"><div class="lh"><p class="eyebrow">${told.meeting.body} · ${told.label}</p><h1 tabindex="-1">${this.signs ? w.signs : w.into(told.language)}</h1></div>
      <div class="lv">${this.#speaker()}</div><div class="stack">
        <p class="note ${level} standing" role=${level === 'bad' ? 'alert' : 'status'}>${icon(picture)}<span><b>${text}</b>${this.seated ? html` ${w.following(told.following)}` : nothing}</span></p>
        ${told.shut ? html`<p class="note att">${icon('lock')}<span>${w.shut}</span></p>` : nothing}${this.#own()}</div></div>`, this.#bar());
  }

  #frame(content, bar = nothing) {
    return html`<header class="mtop"><span class="brand"><img src=${markUrl} alt=""><span>${words.shared.product}</span></span></header><main class="mmain" id="main">${content}</main>${bar === nothing ? html`<div id="nu"></div>` : html`<div class="mbar one" id="nu">${bar}</div>`}`;
  }

  #speaker() {
    const w = words.booth;
    const { told } = this;
    const stream = this.seated ? this.streams[told.slot] || null : null;
    return html`<div class="frame"><video-tile .stream=${stream} .label=${told.speaker ? words.shared.speaking(told.speaker) : w.nobody} .note=${this.seated ? words.member.view.none : w.afterStart}></video-tile>
        ${told.speaker && this.seated ? html`<p class="plate">${icon('mic')}<span>${told.speaker}</span></p>` : nothing}</div>
      ${this.blocked ? html`<p class="row unlock"><button class="btn main wide" @click=${() => { this.sound.unlock(); this.set({ blocked: false }); }}>${icon('speaker')}${words.member.view.unlock}</button></p>` : nothing}`;
  }

  /** The interpreter's own picture, or microphone with its level. */
  #own() {
    const w = words.booth;
    const stream = this.room?.local || null;
    const now = stream?.getTracks()[0]?.getSettings().deviceId;
    const chooser = this.list.length > 1 && stream ? html`<div class="field"><label for="own">${w.choose[this.device]}</label><select class="input" id="own" @change=${(e) => this.choose(e.target.value)}>${this.list.map((d) => html`<option value=${d.id} ?selected=${d.id === now}>${d.label}</option>`)}</select></div>` : nothing;
    if (this.mediaState === 'denied') return html`<p class="note bad">${icon(this.signs ? 'cameraOff' : 'micOff')}<span>${w.denied[this.device]} ${words.member.join.deniedHelp[this.mediaReason] || words.member.join.deniedHelp.unknown}</span></p>`;
    if (!stream) return html`<p class="meta">${this.signs ? w.signHow : w.speakHow}</p>`;
    return this.signs ? html`<div class="ownpic"><video-tile shape="four" .stream=${stream} .label=${words.member.myPicture}></video-tile></div>${chooser}`
      : html`<div class="mic"><p>${icon('mic')}${w.level}</p><svg class="gauge" viewBox="0 0 400 12" preserveAspectRatio="none" role="img" aria-label=${w.level}><rect class="track" x=".5" y=".5" width="399" height="11" rx="5.5"></rect><rect class="fill ok" x=".5" y=".5" width=${(399 * this.level).toFixed(0)} height="11" rx="5.5"></rect></svg></div>${chooser}`;
  }

  #bar() {
    const w = words.booth;
    if (!this.seated) return html`<button class="btn main big wide" @click=${() => this.sit()}>${icon(this.signs ? 'camera' : 'mic')}${this.mediaState === 'denied' ? words.member.join.again : w.start[this.device]}</button>`;
    return html`<button class="btn big wide air ${this.onAir ? 'on' : ''}" aria-pressed=${this.onAir ? 'true' : 'false'} @click=${() => this.#air(!this.onAir)}>${icon(this.signs ? (this.onAir ? 'camera' : 'cameraOff') : this.onAir ? 'mic' : 'micOff')}<span>${w.air}<small>${this.onAir ? w.airOff : w.airOn}</small></span></button>`;
  }
}

define('booth-page', BoothPage);

/** Puts the booth in place; the key is after the # of the address, and the page's own name is kept while the tab is open. */
export function start() {
  const page = Object.assign(document.createElement('booth-page'), { line: new BoothLine(location.hash.slice(1)) });
  document.getElementById('app').replaceChildren(page);
  window.addEventListener('hashchange', () => location.reload());
  globalThis.klubban = { booth: page };
}
