// The line of a check: each way to the media process tried for itself, then one of them measured with picture and sound.
import { MediaRoom } from '../../media.js';

/** A way that has not carried anything after so long (ms) does not work here. */
const CONNECT = 10_000;
/** A picture may stand still while the line begins; freezes are counted from this second. */
const SETTLED = 2;

export class CheckFailed extends Error {
  /** @param {string} because the server's sentence, or none */
  constructor(because) { super(because); this.because = because; }
}

/** Asks the server; CheckFailed when it does not answer as it should. */
export async function ask(boot, method, path, body) {
  let answer;
  try {
    answer = await fetch(`/check/${path}`, { method, headers: { Accept: 'application/json', 'X-CSRF-Token': boot.csrf, ...(body && { 'Content-Type': 'application/json' }) }, body: body && JSON.stringify(body) });
  } catch { throw new CheckFailed(''); }
  const found = answer.status === 204 ? null : await answer.json().catch(() => null);
  if (!answer.ok) throw new CheckFailed(found?.problem?.because || '');
  return found;
}

export class CheckLine {
  /**
   * @param {object} boot the page's start data
   * @param {{name: string, servers: RTCIceServer[]}} way
   * @param {{onstate?: (state: string, reason?: string) => void, onlook?: (stream: MediaStream) => void, onrefused?: (failed: CheckFailed) => void}} heard
   *   onrefused: the server would not; camera and microphone stay open, and `handle({kind: 'up'})` asks again
   */
  constructor(boot, way, heard = {}) {
    this.boot = boot;
    this.heard = heard;
    this.refused = null;
    /** Counts offers asked for: what is said of an earlier one is about no line of ours. */
    this.asked = 0;
    /** @type {Set<() => void>} */
    this.waiting = new Set();
    this.room = new MediaRoom({
      iceServers: way.servers, relayOnly: way.name !== 'direct', send: (message) => this.#send(message),
      onstate: (state, reason) => { heard.onstate?.(state, reason); for (const wake of this.waiting) wake(); },
      ontrack: (slot, stream) => { if (slot === 'look') heard.onlook?.(stream); },
    });
  }

  /** Until connected, or until it is clear that this way does not work. Throws what the server refused. */
  async connected() {
    const end = performance.now() + CONNECT;
    while (this.room.state !== 'connected' && this.room.state !== 'failed' && this.room.state !== 'denied' && !this.refused && performance.now() < end) {
      await new Promise((resolve) => {
        const wake = () => { clearTimeout(timer); this.waiting.delete(wake); resolve(undefined); };
        const timer = setTimeout(wake, end - performance.now());
        this.waiting.add(wake);
      });
    }
    if (this.refused) throw this.refused;
    return this.room.state === 'connected';
  }

  /** Measures so many seconds; `told` is called after each with what the server has measured. */
  async measure(seconds, told) {
    let settled = null;
    for (let second = 1; second <= seconds; second++) {
      await new Promise((resolve) => { setTimeout(resolve, 1000); });
      const { measured } = await ask(this.boot, 'GET', 'line');
      if (second === Math.min(SETTLED, seconds)) settled = await this.room.stats();
      told(second, measured);
    }
    const flow = await this.room.stats();
    return { frames: flow.down.look.framesDecoded, freezes: Math.max(0, flow.down.look.freezes - settled.down.look.freezes), available_kbit: flow.availableKbit };
  }

  stop() { this.room.stop(); }

  async #send(message) {
    if (message.kind === 'join') { this.asked++; this.refused = null; }
    const { asked } = this;
    try {
      if (message.kind === 'join') {
        const offer = await ask(this.boot, 'POST', 'offer', {});
        if (asked !== this.asked) return;
        this.room.handle({ kind: 'offer', ...offer });
        // In a check's own room everything is always sent.
        this.room.handle({ kind: 'hint', full: true, mic: true });
      } else if (message.kind === 'answer') await ask(this.boot, 'POST', 'answer', { sdp: message.sdp, attempt: message.attempt });
    } catch (failed) {
      if (!(failed instanceof CheckFailed)) throw failed;
      if (asked !== this.asked) return;
      this.refused = failed;
      this.room.handle({ kind: 'down' });
      for (const wake of this.waiting) wake();
      this.heard.onrefused?.(failed);
    }
  }
}
