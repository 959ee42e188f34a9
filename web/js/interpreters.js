// Who interprets the meeting now, what this page has chosen of it, and whether the chosen interpreter is heard. No DOM.
import { keep, kept } from './drafts.js';

/** How often (ms) the sound of the chosen channel is looked at. */
const LOOK = 400;
/** An interpreter breathes between sentences: the original stays low for so long (ms) after the last sound. */
const HOLD = 3000;
/** Mean square of a sound that is more than a room's noise: -50 dB of full. */
const AUDIBLE = 1e-5;

/**
 * Says to the server what the page wants, also after the line was broken, and keeps it in this browser for the meeting.
 * `heard` is true while the chosen channel plays; then the meeting's own sound is to be lowered.
 */
export class Interpreters {
  /**
   * @param {{wire: import('./wire.js').Wire, meeting: string, changed: () => void, room?: () => import('./media.js').MediaRoom|null, sign?: boolean, active?: boolean}} options
   *   meeting: under whose name the choice is kept. room: whose channel is listened to. sign: shown unless the person has said otherwise.
   *   active: the page takes part in the media at all; see `take`.
   */
  constructor({ wire, meeting, changed, room = () => null, sign = false, active = true }) {
    Object.assign(this, { wire, meeting, changed, room, active });
    this.here = { sign: false, channels: [] };
    /** For the chair and the secretary: what somebody listens to and whose interpreter is gone. */
    this.missed = { sign: false, channels: [] };
    this.wanted = kept(meeting, 'channel') || null;
    this.wantsSign = sign ? kept(meeting, 'sign') !== 'off' : kept(meeting, 'sign') === 'on';
    this.heard = false;
    this.soundAt = -Infinity;
    this.before = null;
    wire.on('welcome', () => { if (this.active && this.#wants) this.#say(); });
    wire.on('media', (message) => { if (message.kind === 'interpreters') this.#told(message); });
  }

  /** The channel that is listened to now, or null: the meeting's own sound. */
  get channel() { return this.here.channels.includes(this.wanted) ? this.wanted : null; }

  /** The channel that was chosen and has no interpreter now. */
  get gone() { return this.wanted && !this.channel ? this.wanted : null; }

  /** Whether the sign language interpreter is to be shown. */
  get signs() { return this.here.sign && this.wantsSign; }

  /** @param {string|null} channel null is the meeting's own sound */
  choose(channel) {
    this.wanted = channel;
    keep(this.meeting, 'channel', channel || '');
    if (this.active) this.#say();
    this.#watch();
    this.changed();
  }

  /** @param {boolean} on */
  show(on) {
    this.wantsSign = on;
    keep(this.meeting, 'sign', on ? 'on' : 'off');
    if (this.active) this.#say();
    this.changed();
  }

  /** The page has joined the media, or left them: what nobody shows or plays here is not asked for. @param {boolean} active */
  take(active) {
    if (active === this.active) return;
    this.active = active;
    if (this.#wants) this.#say();
    this.#watch();
  }

  stop() {
    clearInterval(this.timer);
    this.timer = undefined;
    this.#hear(false);
  }

  get #wants() { return Boolean(this.wanted || this.wantsSign); }

  #say() { this.wire.media({ kind: 'interpret', channel: this.active ? this.wanted : null, sign: this.active && this.wantsSign }); }

  #told({ sign, channels, missed }) {
    this.here = { sign, channels };
    if (missed) this.missed = missed;
    this.#watch();
    this.changed();
  }

  /** Looks at the sound only while there is a channel to listen to. */
  #watch() {
    if (!this.channel || !this.active) { this.stop(); return; }
    this.timer ??= setInterval(() => this.#look(), LOOK);
  }

  async #look() {
    const now = await this.room()?.channelSound();
    if (!now || !this.timer) return;
    const before = this.before;
    this.before = now;
    const seconds = now.seconds - (before?.seconds ?? now.seconds);
    if (seconds > 0 && now.packets > before.packets && (now.energy - before.energy) / seconds > AUDIBLE) this.soundAt = performance.now();
    this.#hear(performance.now() - this.soundAt < HOLD);
  }

  #hear(heard) {
    if (heard === this.heard) return;
    this.heard = heard;
    this.changed();
  }
}
