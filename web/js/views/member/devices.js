// The browser's sound and devices for the member page: a soft tone, the microphone's level, the list of devices, the meeting's sound.

let context = null;

/** The page's one audio context; null where the browser has none. It may be asleep until the person presses something. */
function audio() {
  const Kind = globalThis.AudioContext;
  if (navigator.userActivation && !navigator.userActivation.hasBeenActive) return null;
  if (!context && Kind) context = new Kind();
  context?.resume?.();
  return context;
}

/** One soft tone of a third of a second; silent when the browser does not yet allow sound. */
export function tone() {
  const at = audio();
  if (!at) return;
  const source = at.createOscillator();
  const gain = at.createGain();
  source.frequency.value = 523;
  gain.gain.setValueAtTime(0, at.currentTime);
  gain.gain.linearRampToValueAtTime(0.12, at.currentTime + 0.04);
  gain.gain.linearRampToValueAtTime(0, at.currentTime + 0.34);
  source.connect(gain).connect(at.destination);
  source.start();
  source.stop(at.currentTime + 0.36);
}

/**
 * Measures the loudness of a stream's microphone ten times a second.
 * @param {MediaStream} stream
 * @param {(level: number) => void} heard level 0 (silence) to 1 (loud)
 * @returns {() => void} stops measuring
 */
export function measure(stream, heard) {
  const at = audio();
  if (!at || !stream.getAudioTracks().length) return () => {};
  const source = at.createMediaStreamSource(stream);
  const analyser = at.createAnalyser();
  analyser.fftSize = 1024;
  source.connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  const timer = setInterval(() => {
    analyser.getFloatTimeDomainData(samples);
    const power = Math.sqrt(samples.reduce((sum, x) => sum + x * x, 0) / samples.length);
    heard(Math.max(0, Math.min(1, (20 * Math.log10(power + 1e-6) + 60) / 60)));
  }, 100);
  return () => { clearInterval(timer); source.disconnect(); };
}

/** The cameras and microphones of this device: {cameras, microphones}, each [{id, label}]. */
export async function devices() {
  const all = (await navigator.mediaDevices?.enumerateDevices?.()) || [];
  const named = (kind) => all.filter((d) => d.kind === kind && d.deviceId).map((d, n) => ({ id: d.deviceId, label: d.label || String(n + 1) }));
  return { cameras: named('videoinput'), microphones: named('audioinput') };
}

/** How loud the meeting's own sound is while an interpreter is heard over it. */
const LOW = 0.2;

/** Plays the sound of the meeting's slots outside the page, so that redrawing never cuts it. */
export class Sound {
  /** @param {() => void} onblocked called when the browser wants a press before it plays */
  constructor(onblocked) {
    this.onblocked = onblocked;
    this.players = new Map();
    this.muted = false;
    this.low = false;
  }

  /** @param {'floor'|'chair'|'hall'|'channel'} slot @param {MediaStream} stream */
  play(slot, stream) {
    const player = this.players.get(slot) || new Audio();
    this.players.set(slot, player);
    player.srcObject = stream;
    this.#set(slot, player);
    this.#begin(player);
  }

  /** Whether the meeting is heard here, as page_report.js tells it. */
  get state() {
    const players = [...this.players.values()];
    if (!players.length) return 'off';
    return this.muted ? 'muted' : players.some((player) => player.paused) ? 'blocked' : 'playing';
  }

  mute(muted) {
    this.muted = muted;
    for (const [slot, player] of this.players) this.#set(slot, player);
  }

  /** Lowers the meeting's own sound under an interpreter, or raises it again. @param {boolean} low */
  lower(low) {
    this.low = low;
    for (const [slot, player] of this.players) this.#set(slot, player);
  }

  /** Where a page may not change the loudness (telephones by Apple) the original is silent instead of low. */
  #set(slot, player) {
    const volume = this.low && slot !== 'channel' ? LOW : 1;
    player.volume = volume;
    player.muted = this.muted || player.volume > volume;
  }

  /** Tries again after the person has pressed something. */
  unlock() { for (const player of this.players.values()) this.#begin(player); }

  stop() {
    for (const player of this.players.values()) player.srcObject = null;
    this.players.clear();
  }

  #begin(player) { player.play()?.catch((error) => error.name === 'NotAllowedError' && this.onblocked()); }
}
