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
   * @param {{wire: import('./wire.js').Wire, meeting: string, changed: () => void, room?: () => import('./media.js').MediaRoom|null, sign?: boolean}} options
   *   meeting: under whose name the choice is kept. room: whose channel is listened to. sign: shown unless the person has said otherwise.
   */
  constructor({ wire, meeting, changed, room = () => null, sign = false }) {
    Object.assign(this, { wire, meeting, changed, room });
    this.here = { sign: false, channels: [] };
    /** For the chair and the secretary: what somebody listens to and whose interpreter is gone. */
    this.missed = { sign: false, channels: [] };
    this.wanted = kept(meeting, 'channel') || null;
    this.wantsSign = sign ? kept(meeting, 'sign') !== 'off' : kept(meeting, 'sign') === 'on';
    this.heard = false;
    this.soundAt = -Infinity;
    this.before = null;
    wire.on('welcome', () => { if (this.wanted || this.wantsSign) this.#say(); });
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
    this.#say();
    this.#watch();
    this.changed();
  }

  /** @param {boolean} on */
  show(on) {
    this.wantsSign = on;
    keep(this.meeting, 'sign', on ? 'on' : 'off');
    this.#say();
    this.changed();
  }

  stop() {
    clearInterval(this.timer);
    this.timer = undefined;
    this.#hear(false);
  }

  #say() { this.wire.media({ kind: 'interpret', channel: this.wanted, sign: this.wantsSign }); }

  #told({ sign, channels, missed }) {
    this.here = { sign, channels };
    if (missed) this.missed = missed;
    this.#watch();
    this.changed();
  }

  /** Looks at the sound only while there is a channel to listen to. */
  #watch() {
    if (!this.channel) { this.stop(); return; }
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
