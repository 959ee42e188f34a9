// @ts-check
/**
 * Tells the server every few seconds what this page receives, shows and plays, and how its devices are. No DOM: what only the
 * page can know is handed in. The server shows it to the chair where it differs from what it measures itself.
 *
 * @typedef {{hidden: boolean, tiles: number, shown: number, sound: 'playing'|'muted'|'blocked'|'off'}} Look  shown: frames drawn since the page was opened
 */

const EVERY_MS = 3_000;

/** @param {MediaStreamTrack|null|undefined} track @returns {'live'|'muted'|'ended'|'off'|'none'} */
export function deviceState(track) {
  if (!track) return 'none';
  if (track.readyState === 'ended') return 'ended';
  if (track.muted) return 'muted';
  return track.enabled ? 'live' : 'off';
}

export class PageReporter {
  /** @param {import('./media.js').MediaRoom} room @param {() => Look} look */
  constructor(room, look) {
    this.room = room;
    this.look = look;
    this.before = { decoded: 0, packets: 0, energy: 0, shown: 0 };
    /** The first report after connecting has nothing to count from. @type {RTCPeerConnection|null} */
    this.counted = null;
    this.timer = setInterval(() => this.report(), EVERY_MS);
  }

  stop() { clearInterval(this.timer); }

  async report() {
    const { room } = this;
    if (room.state !== 'connected') { this.counted = null; return; }
    const flow = await room.stats();
    const look = this.look();
    const slots = Object.values(flow.down);
    /** @param {'framesDecoded'|'audioPackets'|'energy'} name */
    const sum = (name) => slots.reduce((all, slot) => all + slot[name], 0);
    const now = { decoded: sum('framesDecoded'), packets: sum('audioPackets'), energy: sum('energy'), shown: look.shown };
    const before = this.before;
    this.before = now;
    if (this.counted !== room.pc) { this.counted = room.pc; return; }
    room.options.send({
      type: 'media', kind: 'report', hidden: look.hidden, tiles: look.tiles, sound: look.sound,
      decoded: since(before.decoded, now.decoded), packets: since(before.packets, now.packets), energy: since(before.energy, now.energy),
      shown: since(before.shown, now.shown),
      camera: deviceState(room.local?.getVideoTracks()[0]), microphone: deviceState(room.local?.getAudioTracks()[0]),
    });
  }
}

/** What has come since; a counter that has begun anew counts from nothing. @param {number} before @param {number} now */
function since(before, now) { return now >= before ? now - before : now; }
