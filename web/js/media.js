// @ts-check
/**
 * The member's end of the media plane: devices, one RTCPeerConnection, reconnection. Knows no DOM.
 *
 * The server offers thirteen fixed m-lines and we answer, once per connection; there is never a renegotiation.
 * Messages go through the page's own socket: see `handle` and `send`.
 *
 * @typedef {'idle'|'asking'|'connecting'|'connected'|'reconnecting'|'failed'|'denied'} MediaState
 * @typedef {'floor'|'chair'|'hall'|'wall'|'look'|'sign'|'channel'} Slot
 * @typedef {{kind: 'offer', sdp: string, attempt?: number} | {kind: 'hint', full: boolean, mic: boolean}
 *   | {kind: 'down'} | {kind: 'up'} | {kind: 'lost', reason?: string} | {kind: 'failed', reason: string}
 *   | {kind: 'replaced'}} MediaMessage
 * @typedef {{sound: boolean, picture: boolean, thumb: boolean}} Sends  thumb: the small picture beside the full one
 * @typedef {{camera?: string|null, microphone?: string|null, publish?: boolean, sends?: Sends}} Devices
 */

import {readFlow, readHeard} from './media_stats.js';

/** Every m-line in the server's order (media/lines.py): a slot, or what we send. All indexes come from here. */
export const LINES = ['floor', 'floor', 'chair', 'chair', 'hall', 'hall', 'wall', 'look', 'sign', 'channel', 'mic', 'thumb', 'full'];
const [CHANNEL, MIC, THUMB, FULL] = ['channel', 'mic', 'thumb', 'full'].map((name) => LINES.indexOf(name));
/** Slot of each m-line the server sends, by index. */
const DOWN = /** @type {Slot[]} */ (LINES.slice(0, MIC));
/** What a member sends. @type {Sends} */
const EVERYTHING = {sound: true, picture: true, thumb: true};
const UP = /** @type {Record<number, string>} */ ({[MIC]: 'mic', [THUMB]: 'thumb', [FULL]: 'full'});

const THUMB_WIDTH = 160, THUMB_FPS = 5, THUMB_BITS = 60_000, FULL_BITS = 1_500_000, FULL_FPS = 30;
/** Without a connection in this time: try again. A line that was cut may come back by itself in PATIENCE_MS. */
const CONNECT_MS = 8_000, PATIENCE_MS = 2_000;
const RETRY_MS = [200, 500, 1_000, 2_000, 4_000];

/** Reason codes of `denied`, from the names in the Media Capture specification. */
const REASONS = /** @type {Record<string, string>} */ ({
  NotAllowedError: 'not-allowed', SecurityError: 'not-allowed', NotFoundError: 'no-device',
  OverconstrainedError: 'no-device', NotReadableError: 'in-use', AbortError: 'in-use',
});

export class MediaRoom {
  /**
   * @param {{
   *   iceServers: RTCIceServer[],
   *   send: (message: object) => void,
   *   onstate: (state: MediaState, reason?: string) => void,
   *   ontrack: (slot: Slot, stream: MediaStream) => void,
   *   relayOnly?: boolean,
   *   ondevice?: (kind: 'audio'|'video', event: 'ended'|'mute'|'unmute') => void,
   * }} options  send: to the core, over the page's socket. ontrack: again for every new connection.
   *   onstate: idle with reason `replaced` when another tab of the same member has taken over.
   */
  constructor(options) {
    this.options = options;
    /** @type {MediaState} */
    this.state = 'idle';
    /** @type {MediaStream|null} The camera and microphone, for the page's own preview. */
    this.local = null;
    this.sends = EVERYTHING;
    this.hint = {full: false, mic: false};
    /** @type {RTCPeerConnection|null} */
    this.pc = null;
    /** @type {MediaStreamTrack|null} */
    this.thumb = null;
    this.retries = 0;
    /** @type {ReturnType<typeof setTimeout>|undefined} */
    this.timer = undefined;
    /** A started room wants to be connected. */
    this.wanted = false;
    this.isDown = false;
    /** Parameters are changed one after the other: get and set must not interleave. */
    this.parameters = Promise.resolve();
    /** Counts starts and stops, so that a late getUserMedia is thrown away. */
    this.round = 0;
  }

  /**
   * Open the devices (if publishing) and connect. `denied` is reported with a reason code and nothing is
   * connected then; call again, with publish false to follow without camera and microphone.
   * @param {Devices} devices
   */
  async start({camera = null, microphone = null, publish = true, sends = EVERYTHING} = {}) {
    this.sends = sends;
    const round = ++this.round;
    this.#hangUp();
    this.wanted = false;
    if (publish) this.#become('asking');
    const found = publish ? await this.#open(camera, microphone, round) : null;
    if (round !== this.round) return;
    if (typeof found === 'string') { this.#become('denied', found); return; }
    this.#keep(found);
    this.wanted = true;
    this.retries = 0;
    this.#join('connecting');
  }

  /** Hang up and let go of the devices. @param {string} [reason] */
  stop(reason) {
    this.round++;
    this.wanted = false;
    this.#hangUp();
    this.#keep(null);
    this.#become('idle', reason);
  }

  /**
   * Change camera or microphone without a new connection; needs a start with publish.
   * @param {Devices} devices
   * @returns {Promise<string|null>} a reason code if they could not be opened; the former ones go on then
   */
  async setDevices({camera = null, microphone = null}) {
    const found = await this.#open(camera, microphone, this.round);
    if (found === null || typeof found === 'string') return found;
    this.#keep(found);
    const lines = this.pc?.getTransceivers() ?? [];
    if (lines.length > FULL) await this.#attach(lines, found);
    return null;
  }

  /** A message from the core, `{type: 'media', kind, …}`. @param {MediaMessage} message */
  handle(message) {
    if (!this.wanted) return;
    if (message.kind === 'offer') {
      this.#answer(message.sdp, message.attempt);
    } else if (message.kind === 'hint') {
      this.hint = {full: message.full, mic: message.mic};
      this.#obey();
    } else if (message.kind === 'down') {
      this.isDown = true;
      clearTimeout(this.timer);
      this.#become('reconnecting', 'media-down');
    } else if (message.kind === 'up') {
      if (!this.isDown && this.pc?.connectionState === 'connected') return;
      this.isDown = false;
      this.retries = 0;
      this.#join('reconnecting');
    } else if (message.kind === 'replaced') {
      this.stop('replaced');  // by another tab of the same member; joining again would throw that one out
    } else if (message.kind !== 'lost' && message.kind !== 'failed') {
      return;  // for the page: where people are on the wall, a wish that one waves
    } else if (message.reason !== 'replaced' && message.reason !== 'late-answer') {
      this.#retry(message.reason ?? 'lost');
    }
  }

  /** What flows, for the join check and for tests. @returns {Promise<import('./media_stats.js').Flow>} */
  stats() {
    return readFlow(this.pc, DOWN, UP);
  }

  /** The sound that has come on the spoken channel, at little cost. @returns {Promise<import('./media_stats.js').Heard>} */
  channelSound() {
    return readHeard(this.pc?.getTransceivers()[CHANNEL]?.receiver);
  }

  // ---- devices ----

  /**
   * @param {string|null} camera @param {string|null} microphone @param {number} round
   * @returns {Promise<MediaStream|string|null>} a reason code if refused; null if another start or stop came
   */
  async #open(camera, microphone, round) {
    try {
      if (!navigator.mediaDevices) return 'not-allowed';  // not a secure page
      const size = {width: {ideal: 1280}, height: {ideal: 720}, frameRate: {ideal: 30}};
      const stream = await navigator.mediaDevices.getUserMedia({
        audio: this.sends.sound && {channelCount: 1, ...(microphone && {deviceId: {exact: microphone}})},
        video: this.sends.picture && {...size, ...(camera && {deviceId: {exact: camera}})},
      });
      if (round === this.round) return stream;
      stream.getTracks().forEach((track) => track.stop());
      return null;
    } catch (error) {
      return round === this.round ? REASONS[/** @type {Error} */ (error).name] ?? 'unknown' : null;
    }
  }

  /** Take over these tracks and stop the former ones. @param {MediaStream|null} stream */
  #keep(stream) {
    for (const track of [...(this.local?.getTracks() ?? []), ...(this.thumb ? [this.thumb] : [])]) {
      track.onended = track.onmute = track.onunmute = null;
      track.stop();
    }
    this.local = stream;
    this.thumb = this.sends.thumb ? stream?.getVideoTracks()[0]?.clone() ?? null : null;
    for (const track of stream?.getTracks() ?? []) {
      const kind = /** @type {'audio'|'video'} */ (track.kind);
      track.onended = () => this.options.ondevice?.(kind, 'ended');
      track.onmute = () => this.options.ondevice?.(kind, 'mute');
      track.onunmute = () => this.options.ondevice?.(kind, 'unmute');
    }
  }

  /** Send these tracks. @param {RTCRtpTransceiver[]} lines @param {MediaStream} stream */
  async #attach(lines, stream) {
    await lines[MIC].sender.replaceTrack(stream.getAudioTracks()[0] ?? null);
    await lines[THUMB].sender.replaceTrack(this.thumb);
    await lines[FULL].sender.replaceTrack(stream.getVideoTracks()[0] ?? null);
    await this.#set(THUMB, (encoding) => {
      encoding.scaleResolutionDownBy = Math.max(1, (this.thumb?.getSettings().width ?? 1280) / THUMB_WIDTH);
      encoding.maxFramerate = THUMB_FPS;
      encoding.maxBitrate = THUMB_BITS;
    });
  }

  // ---- connection ----

  /** @param {MediaState} state */
  #join(state) {
    this.#hangUp();
    this.#become(state);
    this.options.send({type: 'media', kind: 'join'});
    this.timer = setTimeout(() => this.#retry('timeout'), CONNECT_MS);
  }

  /** @param {string} sdp @param {number|undefined} attempt */
  async #answer(sdp, attempt) {
    this.#hangUp();
    this.timer = setTimeout(() => this.#retry('timeout'), CONNECT_MS);
    const pc = new RTCPeerConnection({iceServers: this.options.iceServers, bundlePolicy: 'max-bundle', ...(this.options.relayOnly && {iceTransportPolicy: 'relay'})});
    this.pc = pc;
    pc.onconnectionstatechange = () => { if (pc === this.pc) this.#changed(pc); };
    try {
      await this.#negotiate(pc, sdp, attempt);
    } catch (error) {
      if (pc === this.pc) this.#retry(String(error));
    }
  }

  /** @param {RTCPeerConnection} pc @param {string} sdp @param {number|undefined} attempt */
  async #negotiate(pc, sdp, attempt) {
    await pc.setRemoteDescription({type: 'offer', sdp});
    const lines = pc.getTransceivers();
    if (this.local) {
      await this.#attach(lines, this.local);
      for (const line of [MIC, THUMB, FULL]) if (lines[line].sender.track) lines[line].direction = 'sendonly';
      await this.#set(FULL, (encoding, all) => {
        encoding.maxBitrate = FULL_BITS;
        encoding.maxFramerate = FULL_FPS;
        // Otherwise Chromium may choose 960x540 for a sender that was inactive from the start and stay there.
        /** @type {any} */ (all).degradationPreference = 'maintain-resolution';
      });
      this.#obey();
      await this.parameters;
    }
    await pc.setLocalDescription(await pc.createAnswer());
    if (pc !== this.pc) return;
    this.#obey();  // again: Chromium forgets for sound what was set before the answer
    for (const slot of new Set(DOWN)) {
      const tracks = lines.filter((_, line) => DOWN[line] === slot).map((line) => line.receiver.track);
      this.options.ontrack(slot, new MediaStream(tracks));
    }
    // Our candidates stay at home: the server learns our address from our first check (peer-reflexive).
    this.options.send({type: 'media', kind: 'answer', sdp: pc.localDescription?.sdp, attempt});
  }

  /** @param {RTCPeerConnection} pc */
  #changed(pc) {
    if (pc.connectionState === 'connected') {
      clearTimeout(this.timer);
      this.retries = 0;
      if (!this.isDown) this.#become('connected');
    } else if (pc.connectionState === 'disconnected') {
      this.#become('reconnecting');
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.#retry('disconnected'), PATIENCE_MS);
    } else if (pc.connectionState === 'failed' || pc.connectionState === 'closed') {
      this.#retry('disconnected');
    }
  }

  /** Try again after a pause, unless media is down: then `up` starts it. @param {string} reason */
  #retry(reason) {
    if (!this.wanted) return;
    this.#hangUp();
    const last = this.retries >= RETRY_MS.length;
    this.#become(last ? 'failed' : 'reconnecting', reason);
    if (this.isDown) return;
    const pause = RETRY_MS[Math.min(this.retries++, RETRY_MS.length - 1)];
    this.timer = setTimeout(() => this.#join(last ? 'failed' : 'reconnecting'), pause * (0.75 + Math.random() / 2));
  }

  #hangUp() {
    clearTimeout(this.timer);
    this.pc?.close();  // fires no event
    this.pc = null;
  }

  /** Send what the last hint says. */
  #obey() {
    this.#set(MIC, (encoding) => { encoding.active = this.hint.mic; });
    this.#set(FULL, (encoding) => { encoding.active = this.hint.full; });
  }

  /** @param {number} line @param {(encoding: RTCRtpEncodingParameters, all: RTCRtpSendParameters) => void} change */
  #set(line, change) {
    const pc = this.pc;
    this.parameters = this.parameters.then(async () => {
      const sender = pc?.getTransceivers()[line]?.sender;
      if (!sender?.track || pc !== this.pc || !this.local) return;
      const all = sender.getParameters();
      if (!all.encodings?.length) return;
      change(all.encodings[0], all);
      await sender.setParameters(all);
    }).catch((error) => { if (pc === this.pc) console.warn('media parameters', error); });
    return this.parameters;
  }

  /** @param {MediaState} state @param {string} [reason] */
  #become(state, reason) {
    if (state === this.state && reason === undefined) return;
    this.state = state;
    this.options.onstate(state, reason);
  }
}
