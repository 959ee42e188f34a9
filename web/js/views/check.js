// Trying one's equipment any day: camera, microphone, loudspeaker, every way to the server, and what the line carries both ways.
import { html, nothing, render } from '../../vendor/lit/lit.js';
import { Light, define } from '../light.js';
import { icon, markUrl } from '../icons.js';
import { words, day, clock } from '../text.js';
import { keep, kept } from '../drafts.js';
import '../elements/video.js';
import { devices, measure, tone } from './member/devices.js';
import { CheckFailed, CheckLine, ask } from './check/line.js';

const MARKS = { ok: 'check', weak: 'warning', bad: 'warning' };
const LEVELS = { ok: 'ok', weak: 'att', bad: 'bad' };

class CheckPage extends Light {
  static properties = { boot: { attribute: false }, phase: { state: true }, level: { state: true }, spoke: { state: true }, heard: { state: true }, list: { state: true }, choosing: { state: true },
    denied: { state: true }, ways: { state: true }, doing: { state: true }, second: { state: true }, measured: { state: true }, look: { state: true }, result: { state: true }, failed: { state: true } };

  constructor() {
    super();
    Object.assign(this, { phase: 'start', level: 0, spoke: false, heard: null, list: { cameras: [], microphones: [] }, choosing: null, denied: null, ways: {}, doing: '', second: 0, measured: null, look: null, result: null, failed: null });
    this.line = null;
  }

  get stream() { return this.line?.room.local || null; }

  get running() { return this.phase === 'running'; }

  disconnectedCallback() { super.disconnectedCallback(); this.stopMeasure?.(); this.line?.stop(); }

  updated(changed) {
    if (changed.has('failed') && this.failed) this.querySelector('[role=alert]').scrollIntoView({ block: 'center' });
    if (this.stream === this.listened) return;
    this.stopMeasure?.();
    this.listened = this.stream;
    if (!this.stream) return;
    this.stopMeasure = measure(this.stream, (level) => { this.level = level; if (level > 0.35) this.spoke = true; });
    devices().then((list) => { this.list = list; });
  }

  /** A line over this way, whose camera and microphone are the page's from now on. */
  #take(way) {
    this.line?.stop();
    this.line = new CheckLine(this.boot, way, {
      onstate: (state, reason) => { if (state === 'denied') this.denied = reason || 'unknown'; this.requestUpdate(); },
      onlook: (stream) => { this.look = stream; },
      onrefused: (failed) => { if (!this.running) this.failed = failed.because || words.check.unanswered; },
    });
  }

  get chosen() { return { camera: kept('page', 'camera') || null, microphone: kept('page', 'microphone') || null }; }

  async open() {
    Object.assign(this, { phase: 'asking', denied: null, failed: null, result: null });
    this.#take(this.boot.paths[0]);
    await this.line.room.start(this.chosen);
    this.phase = 'ready';
    this.#focus();
  }

  async choose(kind, id) {
    keep('page', kind, id);
    this.choosing = null;
    const refused = await this.line.room.setDevices(this.chosen);
    if (refused) this.denied = refused;
    this.spoke = kind === 'microphone' ? false : this.spoke;
    this.requestUpdate();
  }

  async run() {
    const w = words.check;
    Object.assign(this, { phase: 'running', ways: {}, second: 0, measured: null, look: null, failed: null, result: null });
    try {
      const [direct, ...relays] = this.boot.paths;
      // The relays first and without picture: the line that is measured is the last one, and the server measures one at a time.
      this.line.room.handle({ kind: 'down' });
      for (const way of relays) {
        this.doing = w.trying(w.ways[way.name]);
        const line = new CheckLine(this.boot, way);
        await line.room.start({ publish: false });
        try { this.ways = { ...this.ways, [way.name]: await line.connected() }; } finally { line.stop(); }
      }
      this.doing = w.trying(w.ways.direct);
      if (this.stream) this.line.room.handle({ kind: 'up' });
      else { this.#take(direct); await this.line.room.start({ publish: false }); }
      this.ways = { ...this.ways, direct: await this.line.connected() };
      const seen = await this.#measure(relays.find((way) => this.ways[way.name]));
      this.result = await ask(this.boot, 'POST', 'result', { devices: Boolean(this.stream), spoke: this.spoke, heard: this.heard, paths: this.ways, ...seen });
      this.phase = 'done';
    } catch (failed) {
      if (!(failed instanceof CheckFailed)) throw failed;
      this.failed = failed.because || w.unanswered;
      this.phase = 'ready';
    } finally {
      if (this.phase === 'done') this.line.stop();
      else this.line.room.handle({ kind: 'down' });
      this.doing = '';
      this.#focus();
    }
  }

  /** What the page has seen of the measured line: the direct one, or else the first relay that works. */
  async #measure(relay) {
    const nothingSeen = { frames: 0, freezes: 0, available_kbit: null };
    if (!this.ways.direct) {
      if (!relay) return nothingSeen;
      const publish = Boolean(this.stream);
      this.#take(relay);
      await this.line.room.start({ ...this.chosen, publish });
      if (!await this.line.connected()) return nothingSeen;
    }
    return this.line.measure(this.boot.seconds, (second, measured) => {
      Object.assign(this, { second, measured: measured || this.measured, doing: words.check.measuring(second, this.boot.seconds) });
    });
  }

  /** The bar is always in sight: going to it must not move the page. */
  #focus() { this.updateComplete.then(() => this.querySelector(this.phase === 'done' ? '.verdict' : '#nu button')?.focus({ preventScroll: this.phase !== 'done' })); }

  render() {
    const w = words.check;
    return html`<header class="mtop"><a class="brand" href="/meetings"><img src=${markUrl} alt=""><span>${words.shared.product}</span></a><span class="push meta">${this.boot.name}</span></header>
      <main class="mmain" id="main" aria-busy=${this.running}><div class="lobby"><div class="lh"><p class="eyebrow">${w.before}</p><h1 tabindex="-1">${w.title}</h1>${this.former()}
        ${this.failed ? html`<p class="note bad" role="alert">${icon('warning')}<span>${this.failed}</span></p>` : nothing}</div>
        <div class="lv">${this.picture()}${this.verdict()}</div>${this.list2()}</div>
        <p class="sr" role="status" aria-live="polite">${this.result ? w.grades[this.result.grade][0] : this.running ? w.runs : ''}</p></main>
      <div class="mbar one" id="nu">${this.bar()}</div>`;
  }

  former() {
    const former = this.boot.former;
    if (!former || this.result) return nothing;
    return html`<p class="state ${LEVELS[former.grade]}">${icon(MARKS[former.grade])}${words.check.former(day(former.at, undefined), clock(former.at), words.check.grades[former.grade][0])}</p>`;
  }

  picture() {
    const w = words.check;
    const back = this.running && this.look;
    if (this.phase === 'done') return nothing;
    const note = this.denied ? words.member.join.denied[this.denied] || words.member.join.denied.unknown : words.member.join.noPicture;
    return html`<video-tile shape="four" .stream=${back || this.stream} .label=${words.member.myPicture} .note=${note}></video-tile>
      ${back ? html`<p class="me"><span class="state ok">${icon('camera')}${w.back}</span></p>` : nothing}`;
  }

  verdict() {
    if (!this.result) return nothing;
    const w = words.check;
    const { grade, findings } = this.result;
    return html`<div class="verdict ${grade}" tabindex="-1">${icon(MARKS[grade])}<div><b>${w.grades[grade][0]}</b><p>${w.grades[grade][1]}</p></div></div>
      ${findings.length ? html`<ul class="found">${findings.map((code) => html`<li class="note ${code === 'relay-only' ? '' : 'att'}">${icon(code === 'relay-only' ? 'info' : 'warning')}<span><b>${w.found[code][0]}</b> ${w.found[code][1]}</span></li>`)}</ul>` : nothing}`;
  }

  list2() {
    const w = words.member.join;
    const c = words.check;
    const { stream } = this;
    const line = this.result ? this.result.figures.measured : this.measured;
    const is = (...codes) => this.result?.findings.some((code) => codes.includes(code));
    const had = stream || this.result?.figures.told.devices;
    return html`<ul class="checks">
      ${this.check(had ? 'ok' : this.denied ? 'bad' : 'todo', 'camera', w.camera, had ? w.cameraOk : this.denied ? html`${w.denied[this.denied] || w.denied.unknown} ${w.deniedHelp[this.denied] || w.deniedHelp.unknown}` : this.phase === 'asking' ? w.cameraAsk : w.cameraOff, stream ? this.change('camera', this.list.cameras) : nothing, this.chooser('camera', this.list.cameras))}
      ${this.check(this.spoke ? 'ok' : stream ? 'todo' : '', 'mic', w.mic, had ? (this.spoke ? w.micOk : w.micSay) : nothing, stream ? this.change('microphone', this.list.microphones) : nothing, stream ? html`${this.gauge(this.level)}${this.chooser('microphone', this.list.microphones)}` : nothing)}
      ${this.check(this.heard ? 'ok' : this.heard === false ? 'bad' : '', 'speaker', w.speaker, this.heard === null ? (this.played ? c.heardAsk : w.speakerPlay) : this.heard ? w.speakerOk : c.heardNot,
        html`<div class="row"><button class="btn small" ?disabled=${this.running || this.phase === 'done'} @click=${() => { tone(); this.played = true; this.heard = null; this.requestUpdate(); }}>${w.play}<span class="sr">: ${w.speaker}</span></button>${this.played && this.heard === null ? html`<button class="btn small main" @click=${() => { this.heard = true; }}>${w.yes}</button><button class="btn small" @click=${() => { this.heard = false; }}>${c.no}</button>` : nothing}</div>`)}
      ${this.boot.paths.map(({ name }) => this.check(this.ways[name] ? 'ok' : this.ways[name] === false ? (name === 'direct' ? 'att' : 'bad') : '', 'link', c.ways[name], this.ways[name] ? c.wayOk : this.ways[name] === false ? c.wayNot : c.wayWait))}
      ${this.check(!line ? '' : is('too-slow', 'no-sound', 'no-picture') ? 'bad' : is('slow') ? 'att' : 'ok', 'forward', c.up, line ? c.kbit(line.kbit_up) : c.notYet)}
      ${this.check(!line ? '' : is('no-return', 'thin', 'freezes') ? 'att' : 'ok', 'back', c.down, line ? c.kbit(line.kbit_down) : c.notYet)}
      ${this.check(!line ? '' : is('loss-bad') ? 'bad' : is('loss', 'delay') ? 'att' : 'ok', 'clock', c.trip, line ? c.tripIs(line.rtt_ms, Math.max(line.loss_up, line.loss_down)) : c.notYet)}
    </ul>`;
  }

  check(form, picture, title, text, action = nothing, below = nothing) {
    return html`<li class=${form}>${icon(form === 'ok' ? 'check' : form === 'att' || form === 'bad' ? 'warning' : picture)}<div><b>${title}</b>${text === nothing ? nothing : html`<small>${text}</small>`}${below}</div>${action}</li>`;
  }

  change(kind, list) {
    if (list.length < 2 || this.running) return nothing;
    const w = words.member.join;
    return html`<button class="btn small" aria-expanded=${this.choosing === kind} @click=${() => { this.choosing = this.choosing === kind ? null : kind; }}>${w.change}<span class="sr">: ${kind === 'camera' ? w.camera : w.mic}</span></button>`;
  }

  chooser(kind, list) {
    if (this.choosing !== kind) return nothing;
    const w = words.member.join;
    const now = this.stream?.getTracks().find((track) => track.kind === (kind === 'camera' ? 'video' : 'audio'))?.getSettings().deviceId;
    return html`<select class="input lowgap2" aria-label=${kind === 'camera' ? w.changeCamera : w.changeMic} @change=${(e) => this.choose(kind, e.target.value)}>${list.map((d) => html`<option value=${d.id} ?selected=${d.id === now}>${d.label}</option>`)}</select>`;
  }

  gauge(share) {
    return html`<svg class="gauge" viewBox="0 0 400 12" preserveAspectRatio="none" aria-hidden="true"><rect class="track" x=".5" y=".5" width="399" height="11" rx="5.5"></rect><rect class="fill ok" x=".5" y=".5" width=${(399 * share).toFixed(0)} height="11" rx="5.5"></rect></svg>`;
  }

  bar() {
    const w = words.check;
    if (this.running) return html`<div class="grow"><p>${this.doing}</p>${this.gauge(this.second / this.boot.seconds)}</div>`;
    if (this.phase === 'done') return html`<button class="btn big wide" @click=${() => { this.played = false; this.heard = null; this.spoke = false; this.ways = {}; this.measured = null; this.open(); }}>${w.again}<small>${w.saved}</small></button>`;
    if (this.phase === 'ready' && (this.stream || this.denied)) {
      return html`<button class="btn main big wide" @click=${() => this.run()}>${this.stream ? w.run : w.runWithout}<small>${w.runSub(this.boot.seconds)}</small></button>${this.denied && !this.stream ? html`<button class="btn big" @click=${() => this.open()}>${words.member.join.again}</button>` : nothing}`;
    }
    return html`<button class="btn main big wide" ?disabled=${this.phase === 'asking'} @click=${() => this.open()}>${icon('camera')}${words.member.join.start}</button>`;
  }
}

define('check-page', CheckPage);

export function start({ boot }) {
  const app = document.getElementById('app');
  app.replaceChildren();
  render(html`<check-page .boot=${boot}></check-page>`, app);
}
