// The page's pictures and sound: one MediaRoom that lives as long as the wire does, and the stream of each slot. No DOM.
import { MediaRoom } from './media.js';
import { PageReporter } from './page_report.js';
import { WallLine } from './wall_line.js';
import { Interpreters } from './interpreters.js';
import { LeftOut } from './left_out.js';

/**
 * Joins when the wire is open, joins again when it is back, and keeps `streams` ({floor, chair, hall, wall, look, sign, channel}) for the tiles.
 * `state` is the media room's own word for how it goes, `reason` why it does not.
 */
export class Pictures {
  /**
   * @param {{wire: import('./wire.js').Wire, room?: typeof MediaRoom, look?: () => import('./page_report.js').Look, signs?: string|null}} options
   *   look: see page_report.js. signs: shows the sign language interpreter unless told otherwise, the choice kept under this name
   */
  constructor({ wire, room = MediaRoom, look = null, signs = null }) {
    this.wire = wire;
    this.Room = room;
    this.look = look;
    this.room = null;
    this.streams = {};
    this.state = 'idle';
    this.reason = null;
    this.devices = { publish: false };
    this.wanted = false;
    this.watching = null;
    this.listeners = new Set();
    /** Who is where on the wall; `wall.want(true)` while it is shown. */
    this.wall = new WallLine(wire, () => this.#tell());
    this.leftOut = new LeftOut(wire, () => this.#tell());
    this.interpreters = new Interpreters({ wire, meeting: signs || 'console', changed: () => this.#tell(), sign: Boolean(signs) });
    wire.on('welcome', (message) => this.#welcome(message));
    wire.on('media', (message) => this.room?.handle(message));
    wire.on('state', ({ phase }) => { if (phase === 'reconnecting') this.room?.handle({ kind: 'down' }); });
  }

  listen(listener) {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** @param {{publish: boolean, camera?: string|null, microphone?: string|null}} devices */
  start(devices) {
    this.devices = devices;
    this.wanted = true;
    return this.room?.start(devices);
  }

  stop() {
    this.wanted = false;
    this.room?.stop();
  }

  get publishing() { return Boolean(this.room?.local); }

  /** Asks for one person's picture in the slot «look»; null lets go of it. */
  watch(person) {
    if (person === this.watching) return;
    this.watching = person;
    this.wire.media({ kind: 'watch', person });
  }

  /** Asks the person to wave at the camera. */
  askToWave(person) { this.wire.media({ kind: 'wave', person }); }

  #welcome({ ice_servers: iceServers = [] }) {
    if (this.room) {
      this.room.handle({ kind: 'up' });
    } else {
      this.room = new this.Room({
        iceServers,
        send: (message) => this.wire.media(message),
        onstate: (state, reason) => { this.state = state; this.reason = reason || null; this.#tell(); },
        ontrack: (slot, stream) => { this.streams = { ...this.streams, [slot]: stream }; this.#tell(); },
      });
      if (this.look) this.reporter = new PageReporter(this.room, this.look);
      if (this.wanted) this.room.start(this.devices);
    }
    if (this.watching) this.wire.media({ kind: 'watch', person: this.watching });
  }

  #tell() { for (const listener of this.listeners) listener(this); }
}
