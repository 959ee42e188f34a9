// <video-tile>: one person's picture, bound to a stream; says in words when no picture comes. Sound plays only when asked for.
import { html, nothing } from '../../vendor/lit/lit.js';
import { Light, define } from '../light.js';
import { icon } from '../icons.js';

/** Without a new frame for this long (ms) the tile shows its stand-in instead of a frozen picture. */
const STALE = 4000;

class VideoTile extends Light {
  static properties = { stream: { attribute: false }, sound: { type: Boolean }, label: {}, still: {}, shape: {}, note: {}, live: {}, moving: { state: true } };

  /** Frames drawn by all tiles since the page was opened. */
  static drawn = 0;

  constructor() {
    super();
    this.stream = null;
    this.sound = false;
    this.label = '';
    this.still = null;
    this.shape = '';
    this.note = '';
    this.live = '';
    this.moving = false;
    this.lastFrame = -Infinity;
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

  updated(changed) {
    const video = this.querySelector('video');
    if (!video) return;
    if (video.srcObject !== (this.stream || null)) {
      video.srcObject = this.stream || null;
      this.lastFrame = -Infinity;
      this.moving = false;
      this.#follow(video);
    }
    if (video.muted === this.sound) video.muted = !this.sound;
    if (this.stream && (changed.has('stream') || changed.has('sound'))) {
      video.play().catch((error) => error.name === 'NotAllowedError' && this.ask('sound-blocked'));
    }
  }

  #follow(video) {
    const seen = () => {
      this.lastFrame = performance.now();
      VideoTile.drawn++;
      this.moving = true;
      if (video.srcObject && this.isConnected) next();
    };
    const next = () => ('requestVideoFrameCallback' in video ? video.requestVideoFrameCallback(seen) : video.addEventListener('timeupdate', seen, { once: true }));
    next();
  }

  render() {
    return html`<div class="video ${this.shape}">
      <video autoplay playsinline muted aria-label=${this.label}></video>
      ${this.moving ? nothing : html`<div class="standin">${this.still ? html`<img src=${this.still} alt="">` : icon('cameraOff')}${this.note ? html`<p>${this.note}</p>` : nothing}</div>`}
      ${this.live ? html`<p class="live">${icon('mic')}${this.live}</p>` : nothing}</div>`;
  }
}

define('video-tile', VideoTile);

/** How many tiles have a picture that should move, and how many frames all tiles have drawn. */
export function drawn() {
  const tiles = [...document.querySelectorAll('video-tile')].filter((tile) => tile.stream?.getVideoTracks().length).length;
  return { tiles, shown: VideoTile.drawn };
}
