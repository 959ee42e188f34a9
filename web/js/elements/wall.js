// <wall-picture>: everybody at a distance in one picture, with a place for each person to press where that leads somewhere.
import { html, nothing } from '../../vendor/lit/lit.js';
import { Light, define } from '../light.js';
import { icon } from '../icons.js';
import { words } from '../text.js';

/** Without a new frame for this long (ms) the picture is covered: people that stand still must not pass for live ones. */
const STALE = 5000;

class WallPicture extends Light {
  static properties = {
    stream: { attribute: false }, plan: { attribute: false }, meeting: { attribute: false }, speaker: {}, presses: { type: Boolean },
    shape: { state: true }, moving: { state: true },
  };

  constructor() {
    super();
    Object.assign(this, { stream: null, plan: null, meeting: null, speaker: null, presses: false, shape: null, moving: false, lastFrame: -Infinity });
  }

  connectedCallback() {
    super.connectedCallback();
    this.watcher = setInterval(() => { this.moving = performance.now() - this.lastFrame < STALE; }, 1000);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearInterval(this.watcher);
    const video = this.querySelector('video');
    if (video) video.srcObject = null;
  }

  updated() {
    this.#shapeUp();
    const video = this.querySelector('video');
    if (!video || video.srcObject === (this.stream || null)) return;
    video.srcObject = this.stream || null;
    this.lastFrame = -Infinity;
    this.moving = false;
    if (this.stream) { video.play().catch(() => {}); this.#follow(video); }
  }

  /** By property and not by attribute: the page's rules forbid styles in the markup. */
  #shapeUp() {
    const box = this.querySelector('.wallbox');
    box.style.aspectRatio = this.shape || '';
    box.style.setProperty('--wide', this.shape || '16 / 9');
    const places = this.querySelector('.places');
    if (places && this.plan) places.style.gridTemplate = `repeat(${Math.ceil(this.plan.persons.length / this.plan.columns)}, 1fr) / repeat(${this.plan.columns}, 1fr)`;
  }

  #follow(video) {
    const stream = video.srcObject;
    const seen = () => {
      if (video.srcObject !== stream || !this.isConnected) return;
      this.lastFrame = performance.now();
      this.moving = true;
      const shape = `${video.videoWidth} / ${video.videoHeight}`;
      if (shape !== this.shape) this.shape = shape;
      next();
    };
    const next = () => ('requestVideoFrameCallback' in video ? video.requestVideoFrameCallback(seen) : video.addEventListener('timeupdate', seen, { once: true }));
    next();
  }

  #place(person, i) {
    const label = person ? this.meeting.label(person) : '';
    const kind = person && person === this.speaker ? 'place talk' : 'place';
    const mark = kind === 'place' ? nothing : html`<em>${words.shared.wall.speaks}</em>`;
    if (!this.presses || !person) return html`<span class=${kind} title=${label}>${mark}</span>`;
    return html`<button type="button" class=${kind} title=${label} aria-label=${words.shared.wall.see(label)} data-place=${i} @click=${() => this.ask('look', { person })}>${mark}</button>`;
  }

  render() {
    const w = words.shared.wall;
    const { plan } = this;
    return html`<figure class="wall"><div class="wallbox">
        <video autoplay playsinline muted aria-label=${plan ? w.label(plan.persons.length) : w.nobody}></video>
        ${plan && this.moving ? html`<div class="places">${plan.persons.map((person, i) => this.#place(person, i))}</div>` : nothing}
        ${plan && this.moving ? nothing : html`<div class="standin">${icon('people')}<p>${plan ? w.waiting : w.nobody}</p></div>`}</div>
      ${plan && plan.pages > 1 ? html`<figcaption class="meta">${w.page(plan.page, plan.pages)}</figcaption>` : nothing}</figure>`;
  }
}

define('wall-picture', WallPicture);

/** Shows the element on the whole screen, or brings it back. @param {Element|null} element */
export function toggleFull(element) {
  if (document.fullscreenElement) document.exitFullscreen();
  else element?.requestFullscreen?.();
}
