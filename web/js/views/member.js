// The member's page: one page that follows the meeting, from the join check to the closing.
import { html, nothing } from '../../vendor/lit/lit.js';
import { Light, define } from '../light.js';
import { icon } from '../icons.js';
import { words, clockSeconds, cited } from '../text.js';
import { MediaRoom } from '../media.js';
import { ViewLine } from '../view_line.js';
import { WallLine } from '../wall_line.js';
import { LeftOut } from '../left_out.js';
import { Interpreters } from '../interpreters.js';
import { keep, kept } from '../drafts.js';
import '../elements/time.js';
import { drawn } from '../elements/video.js';
import '../elements/wall.js';
import { PageReporter } from '../page_report.js';
import '../elements/modal.js';
import './member/join.js';
import './member/forms.js';
import { ballot, ballotBar, prelim, receipt, receiptBar, voteWord } from './member/ballot.js';
import { bar, more } from './member/bar.js';
import { closed, cut, gone, lobby, lost } from './member/cards.js';
import { Sound, tone } from './member/devices.js';
import { freshCode, sealed } from './member/code.js';
import { slip, slipBar, slipReceipt, slipRemote } from './member/election.js';
import { follow } from './member/follow.js';
import { listensInHall, signPicture, tidings } from './member/interpreting.js';
import { SETTLE, settle } from './member/settling.js';
import { shows, stageOf, told } from './member/told.js';
import { leaveSheet, deviceSheet, helpSheet } from './member/sheets.js';
import { onLine, screenOf, standing } from './member/screen.js';

/** The wish for a wave stands on the page so long (ms). */
const WAVE = 20000;

class MemberPage extends Light {
  static properties = { boot: { attribute: false }, wire: { attribute: false }, meeting: { attribute: false } };

  constructor() {
    super();
    Object.assign(this, { form: null, formMatter: null, sheet: null, choice: null, names: null, watched: null, changing: false, sending: null, refusal: null, told: null, said: '', alarm: '',
      view: 'floor', muted: false, blocked: false, streams: {}, mediaState: 'idle', mediaReason: null, explained: null });
    this.sound = new Sound(() => this.set({ blocked: true }));
    this.onKey = (e) => this.#key(e);
    this.settling = settle(this);
  }

  set(part) { Object.assign(this, part); this.requestUpdate(); }

  connectedCallback() {
    super.connectedCallback();
    this.meeting.listen(() => this.#changed());
    this.wire.on('welcome', (m) => this.#welcome(m));
    this.wire.on('media', (m) => { this.media?.handle(m); if (m.kind === 'wave') this.#waved(); });
    this.wall = new WallLine(this.wire, () => this.requestUpdate());
    this.shows = new ViewLine(this.wire);
    this.leftOut = new LeftOut(this.wire, () => this.requestUpdate());
    this.interpreters = new Interpreters({ wire: this.wire, meeting: this.boot.meeting, active: false, room: () => this.media, changed: () => this.#interpreted() });
    this.wire.on('bye', (m) => { if (!m.again) this.#mediaOff(); });
    document.addEventListener('keydown', this.onKey);
    this.second = setInterval(() => this.meeting.sections?.debate?.floor && this.requestUpdate(), 1000);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    document.removeEventListener('keydown', this.onKey);
    clearInterval(this.second);
    this.reporter?.stop();
    clearTimeout(this.waving);
    this.interpreters.stop();
  }

  get s() { return this.meeting.sections; }

  get link() { return this.meeting.link(this.s?.me.person); }

  // ---- what the server says ----

  #welcome({ ice_servers: iceServers }) {
    if (!this.media) {
      this.media = new MediaRoom({
        iceServers: iceServers || [], send: ({ type, ...message }) => this.wire.media(message),
        onstate: (mediaState, reason) => { this.set({ mediaState, mediaReason: reason ?? null }); this.interpreters.take(!['idle', 'asking', 'denied'].includes(mediaState)); },
        ontrack: (slot, stream) => { this.streams = { ...this.streams, [slot]: stream }; if (['floor', 'chair', 'hall', 'channel'].includes(slot)) this.sound.play(slot, stream); this.requestUpdate(); },
        ondevice: () => this.requestUpdate(),
      });
      this.reporter = new PageReporter(this.media, () => ({ hidden: document.hidden, sound: this.sound.state, ...drawn() }));
    } else if (this.media.state !== 'idle') this.media.handle({ kind: 'up' });
  }

  /** What the chair has said to the person at the door: not let in, or a new picture wanted. */
  get notice() {
    const { me } = this.s;
    const w = words.member.lobby;
    if (me.note) return `${w.rejected}. ${me.note} ${w.rejectedText}`;
    return me.new_picture_asked && onLine(me.state) ? w.newPicture : null;
  }

  #changed() {
    const s = this.s;
    if (s) {
      const state = s.me.state;
      const before = this.before || {};
      if (state !== before.state) this.#stateChanged(state, before.state);
      if (s.meeting.phase === 'closed' && this.mediaState !== 'idle') this.#mediaOff();
      const open = s.division?.status === 'open' && s.me.votable ? s.division.id : null;
      if (open && open !== before.open) { this.choice = null; this.changing = false; this.refusal = null; this.#alarm(words.member.vote.announced(s.matter?.number ?? '')); this.shownAt = performance.now(); }
      const slips = s.election?.ballot?.status === 'open' && s.me.ballot?.voter ? s.election.ballot.id : null;
      if (slips && slips !== before.slips) { this.names = null; this.refusal = null; this.#alarm(words.election.member.announced(s.matter?.number ?? '')); this.shownAt = performance.now(); }
      this.#outdated(s);
      const outside = s.election?.ballot?.status === 'open' && s.me.ballot?.remote ? s.election.ballot.id : null;
      if (outside && outside !== before.outside) this.#alarm(words.election.member.announcedRemote(s.matter?.number ?? ''));
      const floor = s.debate?.floor?.person || null;
      if (floor !== before.floor && floor) { if (floor === s.me.person) this.#alarm(words.member.yourTurn); else this.said = words.member.saying(this.meeting.label(floor)); }
      this.before = { state, open, floor, slips, outside };
      // A reload in the middle of the meeting takes the devices up again without asking: the person is already in.
      if (onLine(state) && s.meeting.phase !== 'closed' && this.media && this.mediaState === 'idle' && !this.resumed) { this.resumed = true; this.#mediaOn(); }
      this.#listen();
    }
    this.requestUpdate();
  }

  /** Takes away what is no longer so: that there is no line once there is one, and an answer about a stage that has passed. */
  #outdated(s) {
    const stage = stageOf(s);
    if (this.refusal && (this.refusal.stage !== stage || (this.refusal.code === 'offline' && this.wire.state.phase === 'open'))) this.refusal = null;
    if (this.told && this.told.stage !== stage) this.told = null;
  }

  #stateChanged(state, former) {
    if (state === 'dropped') this.#alarm(words.member.uncounted);
    if (former === 'returning' && state === 'remote') this.said = words.member.back2;
    if ((state === 'room' || former === 'room') && this.media) this.#mediaOff();
    if (state === 'room' && this.muted) { this.muted = false; this.sound.mute(false); }  // the switch is not on the page there
  }

  /** The chair wants to see that the picture is alive: said aloud, and on the page for a while. */
  #waved() {
    this.#alarm(words.member.wave);
    clearTimeout(this.waving);
    this.waving = setTimeout(() => { this.waving = null; this.requestUpdate(); }, WAVE);
    this.requestUpdate();
  }

  /** An interpreter has come, gone, begun or fallen silent, or the person has chosen another. */
  #interpreted() {
    const { channel, gone, signs, wantsSign, heard } = this.interpreters;
    const now = { channel, gone, signs, wantsSign };
    this.said = tidings(this.interpretedBefore || now, now) || this.said;
    this.interpretedBefore = now;
    this.sound.lower(heard);
    this.#listen();
    this.requestUpdate();
  }

  /** Something the member must not miss: one soft tone and an assertive word. */
  #alarm(text) { this.alarm = text; tone(); }

  // ---- media ----

  #mediaOn(choice = {}) {
    this.resumed = true;
    this.media?.start({ camera: choice.camera ?? (kept('page', 'camera') || null), microphone: choice.microphone ?? (kept('page', 'microphone') || null), publish: this.s?.me.state !== 'viewer' });
  }

  /** In the hall the page takes the interpreters somebody has chosen, and nothing else; without a choice it is not connected at all. */
  #listen() {
    if (!this.s || !this.media || !listensInHall(this.s)) return;
    const { channel, signs } = this.interpreters;
    const idle = this.mediaState === 'idle';
    if ((channel || signs) && idle && this.s.meeting.phase !== 'closed') this.media.start({ publish: false });
    else if (!channel && !signs && !idle) this.#mediaOff();
  }

  #mediaOff() { this.media?.stop(); this.sound.stop(); this.streams = {}; this.resumed = false; }

  #devices({ camera, microphone }) {
    if (this.media.local) this.media.setDevices({ camera, microphone }).then(() => this.requestUpdate());
    else this.#mediaOn({ camera, microphone });
  }

  // ---- what the member does ----

  /** Gives one act; the page changes when the server says so, and a refusal stands near the act. */
  async act(name, data = {}, { done = null, said = null } = {}) {
    if (this.sending) return;
    this.set({ sending: name, refusal: null, told: null, explained: null });
    try {
      const answer = await this.wire.send(name, data);
      done?.();
      const text = said || told(name, data, this.meeting);
      if (text) { this.said = text; if (shows(name)) this.told = { text, stage: stageOf(this.s) }; }
      if (name === 'cast-vote') { keep(this.boot.meeting, `seq:${this.s.division?.id}`, String(answer.seq)); this.changing = false; this.said = words.member.vote.heard(voteWord(data.vote), clockSeconds(this.meeting.now())); }
      if (this.form) this.form = null;
      if (name === 'depart') this.#mediaOff();
    } catch (refused) {
      if (!refused.code) throw refused;
      this.#refuse({ code: refused.code, because: refused.because || words.shared.refused[refused.code] || words.shared.refused.malformed, cites: refused.cites });
    } finally {
      this.set({ sending: null });
    }
  }

  /** A refusal, which stands until the next act or until what it was about has passed. */
  #refuse({ code = '', because, cites = '' }) {
    this.set({ refusal: { code, because, cites, stage: stageOf(this.s) }, told: null, said: because });
  }

  cast() {
    if (!this.choice || performance.now() - (this.shownAt || 0) < SETTLE) return;
    this.act('cast-vote', { vote: this.choice });
  }

  /** A name put on the ballot or taken off it; null is blank. One place: the name replaces the other. */
  name(id, on) {
    const { places } = this.s.election.ballot;
    const others = places === 1 ? [] : (this.names || []).filter((one) => one !== id);
    this.set({ names: id === null ? [] : on ? [...others, id] : others.length ? others : null, refusal: null });
  }

  /** Puts in the ballot with a code only this device makes; the choice is forgotten, the code is kept here. */
  async castBallot() {
    const { ballot } = this.s.election;
    if (!this.names || (this.names.length && this.names.length !== ballot.places) || performance.now() - (this.shownAt || 0) < SETTLE) return;
    const code = freshCode();
    await this.act('cast-ballot', sealed(ballot, this.names, code), { done: () => { keep(this.boot.meeting, `code:${ballot.id}`, code); this.names = null; }, said: `${words.election.member.done}. ${words.election.member.code}: ${code}` });
  }

  async #checkIn(code) {
    this.set({ sending: 'check-in', refusal: null, told: null });
    try {
      const answer = await fetch(`/meetings/${encodeURIComponent(this.boot.meeting)}/check-in`, { method: 'POST', headers: { 'Content-Type': 'application/json', Accept: 'application/json', 'X-CSRF-Token': this.boot.csrf }, body: JSON.stringify({ code }) });
      const body = answer.ok ? {} : await answer.json().catch(() => ({}));
      const why = body.refused || body.problem;
      if (!answer.ok) this.#refuse({ because: why?.because || why?.title || words.shared.refused.malformed, cites: why?.cites });
      else this.said = words.member.join.checkedIn;
    } catch { this.#refuse({ code: 'offline', because: words.shared.refused.offline }); }
    this.set({ sending: null });
  }

  open(name, about = null) {
    const sheets = ['more', 'leave', 'devices', 'help'];
    this.set({ refusal: null, told: null, explained: null, sheet: sheets.includes(name) ? name : null, form: name && !sheets.includes(name) ? name : null, about, formMatter: name === 'propose' ? this.s.matter?.matter : this.formMatter });
  }

  #key(e) {
    if (e.ctrlKey || e.altKey || e.metaKey || !this.s || this.wire.state.phase === 'closed') return;
    if (e.key === 'Escape' && (this.sheet || this.form)) { this.open(null); return; }
    if (this.sheet || e.target.closest?.('input:not([type=radio]), textarea, select') || kept('page', 'letters') === 'off') return;
    const key = e.key.toLowerCase();
    const now = screenOf(this.s, this);
    if (now === 'ballot') {
      const vote = { j: 'yes', n: 'no', a: 'abstain' }[key];
      if (vote) { this.set({ choice: vote, refusal: null }); e.preventDefault(); }
      else if (e.key === 'Enter' && !e.target.closest?.('button, a, input')) { this.cast(); e.preventDefault(); }
    } else if (now === 'follow') {
      const press = { b: () => !this.s.me.request && !this.meeting.mayNot('request-floor') && this.act('request-floor', { kind: 'speech' }), y: () => !this.s.election && !this.meeting.mayNot('propose') && this.open('propose'),
        v: () => !this.meeting.mayNot('demand-division') && this.act('demand-division'), r: () => !this.meeting.mayNot('reserve') && this.open('reserve'), '?': () => this.open('help') }[key];
      if (press) { press(); e.preventDefault(); } else if (e.key === 'Enter' && e.target === document.body) this.querySelector('#primary')?.click();
    }
  }

  // ---- drawing ----

  updated() {
    // The sheet that covers the page takes the focus to its heading, so that those who hear the page know where they are.
    const now = this.s ? `${screenOf(this.s, this)}:${this.form || ''}` : '';
    if (now && now !== this.drawn) {
      if (this.drawn) this.querySelector('#sheet')?.focus({ preventScroll: true });
      if (this.drawn) window.scrollTo(0, 0);
      this.drawn = now;
    }
  }

  refused() {
    const r = this.refusal;
    const said = r?.because.replaceAll(' ', '\u00a0').includes(cited(r.cites || '').replaceAll(' ', '\u00a0'));
    return r ? html`<p class="note bad refusal">${icon('warning')}<span>${r.because} ${r.cites && r.cites !== 'system' && !said ? html`<small>${cited(r.cites)}</small>` : nothing}</span></p>` : nothing;
  }

  /** What came of the last act, beside the button: a refusal, or that it is done. */
  answer() {
    if (this.refusal) return this.refused();
    return this.told ? html`<p class="note ok told">${icon('check')}<span>${this.told.text}</span></p>` : nothing;
  }

  render() {
    if (!this.s) return this.#opening();
    const { wire } = this;
    const now = screenOf(this.s, { form: this.form, changing: this.changing, watched: this.watched, wire: wire.state.phase });
    const local = this.media?.local || null;
    const page = { sections: this.s, meeting: this.meeting, boot: this.boot, choice: this.choice, sending: this.sending, refusal: this.refused(), answer: this.answer(), notice: this.notice, local, streams: this.streams, link: this.link,
      view: this.view, wall: this.wall, leftOut: this.leftOut.slots, interpreters: this.interpreters, waving: Boolean(this.waving), muted: this.muted, blocked: this.blocked, mediaState: this.mediaState, mediaReason: this.mediaReason, wireState: wire.state, reason: wire.state.reason,
      number: Number(kept(this.boot.meeting, `seq:${this.s.division?.id}`)) || null,
      names: this.names, name: (id, on) => this.name(id, on), castBallot: () => this.castBallot(), code: kept(this.boot.meeting, `code:${this.s.election?.ballot?.id}`),
      choose: (choice) => this.set({ choice, refusal: null }), cast: () => this.cast(), change: () => this.set({ changing: true, choice: this.s.division.my_vote, shownAt: performance.now() }),
      act: (name, data, more) => this.act(name, data, more), open: (name, about) => this.open(name, about), withdraw: (proposal) => this.act('withdraw-proposal', { proposal }), restart: () => this.#mediaOn(),
      show: (view) => this.set({ view }), hush: () => { this.muted = !this.muted; this.sound.mute(this.muted); this.requestUpdate(); }, unlock: () => { this.sound.unlock(); this.set({ blocked: false }); },
      explain: (no) => this.#refuse({ because: no.because || no.reason, cites: no.cites }) };
    this.shows.show(this.view);
    this.wall.want(now === 'follow' && this.view === 'wall' && this.s.me.state !== 'room');
    return html`<div class="member at-${now}" @act=${(e) => this.act(e.detail.name, e.detail.data, e.detail)} @dismiss=${() => this.open(null)} @enter=${() => this.act('enter-lobby')}
      @devices-on=${(e) => this.#devices(e.detail)} @devices-off=${() => this.#mediaOff()} @check-in=${(e) => this.#checkIn(e.detail.code)}>
      ${this.#head()}${now !== 'follow' && (onLine(this.s.me.state) || this.s.me.state === 'room') && this.mediaState === 'connected' ? html`<div class="signtop">${signPicture(page)}</div>` : nothing}${this.#screen(now, page)}
      ${this.sheet ? html`<modal-sheet .content=${{ more, leave: leaveSheet, devices: deviceSheet, help: helpSheet }[this.sheet](page)}></modal-sheet>` : nothing}
      <p class="sr" role="status" aria-live="polite">${this.said}</p><p class="sr" role="alert" aria-live="assertive">${this.alarm}</p></div>`;
  }

  #screen(now, page) {
    const main = (content, below) => html`<main class="mmain" id="main">${content}</main><div class=${below || page.answer !== nothing ? 'mbar one' : ''} id="nu">${page.answer}${below || nothing}</div>`;
    const common = { meeting: this.meeting, boot: this.boot };
    if (now === 'join') return html`<join-check .meeting=${common.meeting} .boot=${common.boot} .media=${this.media} .mediaState=${this.mediaState} .mediaReason=${this.mediaReason} .sending=${this.sending} .notice=${this.notice} .refusal=${page.refusal} .seq=${this.meeting.seq}></join-check>`;
    if (now === 'slip') return main(slip(page), slipBar(page));
    if (now === 'slip-receipt') return main(slipReceipt(page));
    if (now === 'slip-remote') return main(slipRemote(page), html`<button class="btn main big wide" @click=${() => this.set({ watched: this.s.election.ballot.id })}>${words.election.member.follow}</button>`);
    if (now === 'ballot') return main(ballot(page), ballotBar(page));
    if (now === 'receipt') return main(receipt(page), receiptBar(page));
    if (now === 'prelim') return main(prelim(page), this.meeting.mayNot('object-to-vote') || this.s.division.objections?.includes(this.s.me.person) ? null : html`<button class="btn big wide" @click=${() => this.open('object')}>${words.member.vote.wrong}</button>`);
    if (now === 'lobby') return main(lobby(page));
    if (now === 'lost') return main(lost(page));
    if (now === 'cut') return main(cut(page));
    if (now === 'closed') return main(closed(page), this.meeting.mayNot('reserve') ? null : html`<button class="btn big wide" @click=${() => this.open('reserve')}>${words.member.reserve.h}</button>`);
    if (now === 'gone') return main(gone(page));
    if (now === 'form') {
      const props = [common.meeting, common.boot, this.sending, page.answer];
      if (this.form === 'propose') return html`<propose-form .meeting=${props[0]} .boot=${props[1]} .sending=${props[2]} .refusal=${props[3]} .matter=${this.formMatter} .tick=${this.meeting.seq}></propose-form>`;
      if (this.form === 'reserve') return html`<reserve-form .meeting=${props[0]} .boot=${props[1]} .sending=${props[2]} .refusal=${props[3]} .tick=${this.meeting.seq}></reserve-form>`;
      if (this.form === 'conflict') return html`<conflict-form .meeting=${props[0]} .boot=${props[1]} .sending=${props[2]} .refusal=${props[3]} .tick=${this.meeting.seq}></conflict-form>`;
      if (this.form === 'question') return html`<question-form .meeting=${props[0]} .boot=${props[1]} .sending=${props[2]} .refusal=${props[3]} .tick=${this.meeting.seq}></question-form>`;
      if (this.form === 'motivate') return html`<motivate-form .meeting=${props[0]} .boot=${props[1]} .sending=${props[2]} .refusal=${props[3]} .proposal=${this.about} .tick=${this.meeting.seq}></motivate-form>`;
      return html`<object-form .meeting=${props[0]} .boot=${props[1]} .sending=${props[2]} .refusal=${props[3]} .tick=${this.meeting.seq}></object-form>`;
    }
    return html`<main class="mmain" id="main">${follow(page)}</main>${bar(page)}`;
  }

  #head() {
    const { phase, attempt, reason } = this.wire.state;
    const [level, picture, key, n] = standing(this.s, { wire: phase, reason, attempt, media: this.mediaState, link: this.link });
    const text = words.member.state[key];
    const q = this.s.quorum;
    const w = words.shared;
    return html`<a class="skip" href="#nu">${words.member.toNow}</a><header class="mtop grid ${this.s.meeting.rehearsal ? 'rehearsal' : ''}"><b class="body">${this.s.meeting.body}${this.s.meeting.rehearsal ? html` <span class="meta">${w.rehearsal}</span>` : nothing}</b>
      <clock-now class="clock" .meeting=${this.meeting}></clock-now><span class="state ${level}">${icon(picture)}${typeof text === 'function' ? text(n ?? '') : text}</span>
      ${q && phase === 'open' && this.s.meeting.phase !== 'closed' ? html`<span class="pres num"><b>${w.present(q.present)}</b> · ${w.needed(q.needed)}</span>` : nothing}</header>`;
  }

  #opening() {
    const { phase, attempt, reason } = this.wire.state;
    const w = words.shared.wire;
    if (phase === 'closed') return html`<div class="member"><main class="mmain" id="main">${gone({ reason, boot: this.boot })}</main></div>`;
    return html`<div class="member"><main class="mmain" id="main" aria-busy="true"><div class="votepage"><h1>${this.boot.body || this.boot.title || words.shared.product}</h1><p class="meta" role="status">${attempt ? w.reconnecting(attempt) : w.connecting}</p><div class="skel" aria-hidden="true"><i></i><i></i><i></i></div></div></main></div>`;
  }
}

define('member-page', MemberPage);

/** Puts the member's page in place. @param {{boot: object, wire: import('../wire.js').Wire, meeting: import('../meeting.js').Meeting}} parts */
export function start(parts) {
  const page = Object.assign(document.createElement('member-page'), parts);
  document.getElementById('app').replaceChildren(page);
  document.querySelector('body > .skip')?.remove();
}
