// The one socket to the server: connects again by itself, hears views, sends commands and answers each with a promise.
// Runs without a DOM: everything it needs from the browser is handed in.

/** Longest time in ms an act may stay unanswered before its sender is told so. */
const ANSWER_LIMIT = 12000;
const BACKOFF = [500, 1000, 2000, 3000, 5000, 8000];

/** The server's refusal of an act, or the wire's own when the act could not be sent (codes `offline`, `unanswered`, `malformed`). */
export class Refused extends Error {
  /** @param {{code: string, because?: string, cites?: string, short?: string, facts?: object}} refusal */
  constructor(refusal) {
    super(refusal.because || refusal.code);
    this.code = refusal.code;
    this.because = refusal.because || '';
    this.cites = refusal.cites || '';
    this.short = refusal.short || '';
    this.facts = refusal.facts || {};
  }
}

/**
 * Kinds listened to with `on`: `state` ({phase, attempt, since, reason}), `welcome`, `view`, `links`, `media`, `minutes`, `code`, `bye`.
 * Phases: `connecting` (never yet open), `open`, `reconnecting`, `closed` (the server said bye and not again; `reason` says why).
 */
export class Wire {
  /**
   * @param {{url: string, open?: (url: string) => WebSocket, now?: () => number, later?: typeof setTimeout, id?: () => string}} options
   */
  constructor({ url, open = (u) => new WebSocket(u), now = () => Date.now(), later = (f, ms) => setTimeout(f, ms), id }) {
    this.url = url;
    this.open = open;
    this.now = now;
    this.later = later;
    this.prefix = (id || randomPrefix)();
    this.count = 0;
    this.hasSeen = false;
    this.listeners = new Map();
    this.waiting = new Map();
    this.socket = null;
    this.state = { phase: 'connecting', attempt: 0, since: this.now(), reason: null };
  }

  /** Listens to one kind of message; returns a function that stops listening. */
  on(kind, listener) {
    const all = this.listeners.get(kind) || new Set();
    all.add(listener);
    this.listeners.set(kind, all);
    return () => all.delete(listener);
  }

  start() {
    if (!this.socket && this.state.phase !== 'closed') this.#connect();
  }

  /** Tries at once instead of waiting for the next attempt (the page's «Försök igen»). */
  retry() {
    if (this.state.phase === 'open') return;
    this.#change({ phase: this.hasSeen ? 'reconnecting' : 'connecting', reason: null });
    if (!this.socket) this.#connect();
  }

  stop(reason = 'stopped') {
    this.#change({ phase: 'closed', reason });
    this.socket?.close();
    this.socket = null;
    this.#refuseAll({ code: 'offline' });
  }

  /**
   * Sends one act. Resolves with {seq} when the server has committed it, rejects with Refused otherwise.
   * An act sent just before the line broke is sent again with the same id when it is back, and the server answers it once.
   * Nothing is queued while the line is down: the sender is told at once.
   * @param {string} name kebab name of the command
   * @param {object} data its fields
   */
  send(name, data = {}) {
    if (this.state.phase !== 'open') return Promise.reject(new Refused({ code: 'offline' }));
    const id = `${this.prefix}-${++this.count}`;
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve, reject, frame: { type: 'command', id, name, data } });
      this.#put({ type: 'command', id, name, data });
      this.later(() => this.#answer(id, (w) => w.reject(new Refused({ code: 'unanswered' }))), ANSWER_LIMIT);
    });
  }

  /** Sends a media signal ({kind, …}); dropped while the line is down, since the page joins again when it is back. */
  media(message) {
    if (this.state.phase === 'open') this.#put({ type: 'media', ...message });
  }

  #connect() {
    const socket = this.open(this.url);
    this.socket = socket;
    socket.onopen = () => socket.send(JSON.stringify({ type: 'hello', versions: ['1'], events: false }));
    socket.onmessage = (frame) => this.socket === socket && this.#receive(JSON.parse(frame.data));
    socket.onclose = () => this.socket === socket && this.#lost();
    socket.onerror = () => socket.close();
  }

  #lost() {
    this.socket = null;
    if (this.state.phase === 'closed') return;
    const attempt = this.state.attempt + 1;
    const since = this.state.phase === 'open' ? this.now() : this.state.since;
    this.#change({ phase: this.hasSeen ? 'reconnecting' : 'connecting', attempt, since, reason: this.state.reason });
    const wait = BACKOFF[Math.min(attempt, BACKOFF.length) - 1];
    this.later(() => this.state.phase !== 'closed' && !this.socket && this.#connect(), wait);
  }

  #receive(message) {
    if (message.type === 'welcome') {
      this.#change({ phase: 'open', attempt: 0, since: this.now(), reason: null });
      for (const { frame } of this.waiting.values()) this.#put(frame);
    } else if (message.type === 'done') {
      this.#answer(message.id, (w) => w.resolve({ seq: message.seq }));
    } else if (message.type === 'refused') {
      this.#answer(message.id, (w) => w.reject(new Refused(message.refusal)));
    } else if (message.type === 'malformed') {
      this.#answer(message.id, (w) => w.reject(new Refused({ code: 'malformed', because: message.because })));
    } else if (message.type === 'bye') {
      this.#change({ phase: message.again ? this.state.phase : 'closed', reason: message.reason });
      if (!message.again) this.#refuseAll({ code: 'offline' });
    }
    if (message.type === 'view') this.hasSeen = true;
    this.#tell(message.type, message);
  }

  #answer(id, act) {
    const one = this.waiting.get(id);
    if (!one) return;
    this.waiting.delete(id);
    act(one);
  }

  #refuseAll(refusal) {
    for (const id of [...this.waiting.keys()]) this.#answer(id, (w) => w.reject(new Refused(refusal)));
  }

  #put(frame) {
    if (this.socket?.readyState === 1) this.socket.send(JSON.stringify(frame));
  }

  #change(part) {
    this.state = { ...this.state, ...part };
    this.#tell('state', this.state);
  }

  #tell(kind, message) {
    for (const listener of this.listeners.get(kind) || []) listener(message);
  }
}

/** A prefix that makes command ids unique over tabs and reloads of one person. */
function randomPrefix() {
  return [...crypto.getRandomValues(new Uint8Array(9))].map((b) => b.toString(36)).join('');
}
