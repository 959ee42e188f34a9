// The big screen in the hall: one picture of the meeting for everybody in the room, and the hall's own camera for those at home.
import { html, render, nothing } from '../../vendor/lit/lit.js';
import { Pictures } from '../pictures.js';
import { words } from '../text.js';
import { wireLine, wireState } from '../elements/notice.js';
import { chosenTheme, chooseTheme } from '../theme.js';
import { icon } from '../icons.js';
import { scene, showsWall } from './hall/scene.js';
import { fit } from './hall/fit.js';
import { header } from './hall/frame.js';
import '../elements/video.js';
import '../elements/wall.js';

/** The controls fade when nobody has touched the machine for this long (ms). */
const REST = 6000;
const ZOOMS = ['small', '', 'large'];

export class Hall {
  constructor({ boot, wire, meeting, pictures, root }) {
    Object.assign(this, { boot, wire, meeting, pictures, root });
    this.sound = false;
    this.blocked = false;
    this.wall = false;
    this.asleep = false;
    this.drawing = false;
    meeting.listen(() => this.draw());
    pictures.listen(() => this.draw());
    window.addEventListener('keydown', (event) => this.#onKey(event));
    window.addEventListener('resize', () => this.draw());
    for (const kind of ['pointermove', 'pointerdown', 'keydown']) window.addEventListener(kind, () => this.wake());
    this.wake();
  }

  get s() { return this.meeting.sections; }

  wake() {
    clearTimeout(this.resting);
    if (this.asleep) { this.asleep = false; this.draw(); }
    this.resting = setTimeout(() => { this.asleep = true; this.draw(); }, REST);
  }

  /** One press starts the sound: browsers play none before somebody has touched the page. */
  toggleSound() { this.sound = !this.sound; this.blocked = false; this.draw(); }

  /** Everybody at a distance instead of the speaker, where the meeting shows no numbers. */
  toggleWall() { this.wall = !this.wall; this.draw(); }

  /** The sign language interpreter beside everything else, when there is one. */
  toggleSigns() { const { interpreters } = this.pictures; interpreters.show(!interpreters.wantsSign); }

  /** Whether the interpreter has a place on the screen now: not over closed doors, nor when nothing is sent. */
  get signs() {
    const { phase, doors_closed: shut } = this.s.meeting;
    return this.pictures.interpreters.signs && ['roll_call', 'open'].includes(phase) && !shut;
  }

  togglePublish() { this.pictures.start({ publish: !this.pictures.publishing }); }

  zoom(by) {
    const root = document.documentElement;
    const at = ZOOMS.indexOf(root.dataset.hallZoom || '');
    const to = ZOOMS[Math.max(0, Math.min(ZOOMS.length - 1, at + by))];
    if (to) root.dataset.hallZoom = to; else delete root.dataset.hallZoom;
    this.draw();
  }

  #onKey({ key, ctrlKey, altKey, metaKey }) {
    if (key.toLowerCase() === 't' && !ctrlKey && !altKey && !metaKey && this.pictures.interpreters.here.sign) this.toggleSigns();
  }

  draw() {
    if (this.drawing) return;
    this.drawing = true;
    requestAnimationFrame(() => { this.drawing = false; this.#paint(); });
  }

  #paint() {
    if (!this.meeting.ready) { render(wireState(this.wire), this.root); return; }
    this.pictures.wall.want(showsWall(this));
    render(html`<div class="hall ${this.asleep ? 'asleep' : ''} ${this.signs ? 'signed' : ''}">${this.wire.state.phase === 'open' ? nothing : wireLine(this.wire, Date.now())}
      ${header(this)}${scene(this)}${this.signs ? signs(this) : nothing}${sounds(this)}${controls(this)}</div>`, this.root);
    fit(this.root);
  }
}

function signs({ pictures }) {
  const w = words.hall;
  return html`<section class="hsign" aria-label=${w.signs}><video-tile .stream=${pictures.streams.sign || null} .label=${w.signs} .note=${w.signsWait}></video-tile></section>`;
}

/** What is heard in the hall: those at home who speak, never the hall itself. */
function sounds(hall) {
  if (!hall.sound) return nothing;
  const { streams } = hall.pictures;
  const away = (pid) => pid && hall.meeting.where(pid) === 'distance';
  const { floor } = hall.s.debate || {};
  return html`${streams.floor && away(floor?.person) ? html`<video-tile hidden sound .stream=${streams.floor} .label=${''}></video-tile>` : nothing}
    ${streams.chair && away(hall.s.meeting.chair) ? html`<video-tile hidden sound .stream=${streams.chair} .label=${''}></video-tile>` : nothing}`;
}

/** The sound stands last, in the corner: when the others come back under a moving pointer it must not move away from it. */
function controls(hall) {
  const w = words.hall;
  const { pictures } = hall;
  const must = !hall.sound || hall.blocked;
  return html`<section class="hctl ${must && hall.meeting.inState('remote').length ? 'must' : ''}" id="nu" tabindex="-1" aria-label=${w.controls}>
    <button class="btn small" aria-pressed=${pictures.publishing ? 'true' : 'false'} @click=${() => hall.togglePublish()}>${icon(pictures.publishing ? 'camera' : 'cameraOff')}${pictures.state === 'denied' ? w.denied : pictures.publishing ? w.unpublish : w.publish}</button>
    <button class="btn small" aria-pressed=${hall.wall ? 'true' : 'false'} @click=${() => hall.toggleWall()}>${icon('people')}${hall.wall ? w.wallOff : w.wall}</button>
    ${pictures.interpreters.here.sign ? html`<button class="btn small" aria-pressed=${pictures.interpreters.wantsSign ? 'true' : 'false'} @click=${() => hall.toggleSigns()}>${icon('hand')}${w.showSigns} <kbd aria-hidden="true">T</kbd></button>` : nothing}
    <button class="btn small" aria-label=${w.smaller} @click=${() => hall.zoom(-1)}>A−</button><button class="btn small" aria-label=${w.larger} @click=${() => hall.zoom(1)}>A+</button>
    <button class="btn small" @click=${() => { chooseTheme(chosenTheme() === 'dark' ? 'light' : 'dark'); hall.draw(); }}>${w.theme}</button>
    ${document.fullscreenEnabled ? html`<button class="btn small" @click=${() => (document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen())}>${w.full}</button>` : nothing}
    <button class="btn small ${hall.sound ? '' : 'main'}" aria-pressed=${hall.sound ? 'true' : 'false'} @click=${() => hall.toggleSound()}>${icon('speaker')}${hall.sound ? w.soundOff : w.soundOn}</button></section>`;
}

export function start({ boot, wire, meeting }) {
  const root = document.getElementById('app');
  root.replaceChildren();
  const pictures = new Pictures({ wire, signs: `${boot.meeting}:hall` });
  const hall = new Hall({ boot, wire, meeting, pictures, root });
  pictures.start({ publish: false });
  root.addEventListener('sound-blocked', () => { hall.blocked = true; hall.sound = false; hall.draw(); });
  wire.on('state', () => hall.draw());
  hall.draw();
  globalThis.klubban = { hall, pictures, meeting };
}
