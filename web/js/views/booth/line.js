// The booth's line to the server: everything by its key, in a header. The media room's signals become requests.

const freshName = () => [...crypto.getRandomValues(new Uint8Array(12))].map((byte) => byte.toString(16).padStart(2, '0')).join('');

/** A page keeps its name through a reload, so that it need not take over from itself. */
function nameOfPage() {
  try {
    const known = sessionStorage.getItem('klubban:booth');
    if (known) return known;
    const made = freshName();
    sessionStorage.setItem('klubban:booth', made);
    return made;
  } catch { return freshName(); }
}

export class BoothLine {
  /** @param {string} key */
  constructor(key) {
    this.key = key;
    this.visit = nameOfPage();
    /** Whether the next connection may end that of another page with the same key. */
    this.takeOver = false;
    this.joins = 0;
  }

  /** How the meeting goes: {told}, or {reason: 'key'} when the key is not good, or {because} what the server says, or {}. */
  async state() {
    const { status, body } = await this.#ask('state');
    if (status === 200) return { told: body };
    return status === 401 ? { reason: 'key' } : { because: body?.problem?.because };
  }

  /**
   * Carries one signal of the media room, and gives it the answer.
   * @param {object} message @param {import('../../media.js').MediaRoom} room
   * @param {(reason: 'key'|'elsewhere') => void} ended called when nothing more should be tried
   */
  async signal(message, room, ended) {
    const join = message.kind === 'join' ? ++this.joins : this.joins;
    const { status, body } = message.kind === 'join' ? await this.#ask('offer', { visit: this.visit, take_over: this.takeOver })
      : await this.#ask('answer', { visit: this.visit, sdp: message.sdp, attempt: message.attempt });
    if (join !== this.joins) return;  // the room has given this attempt up
    if (status === 401) ended('key');
    else if (status === 409) ended('elsewhere');
    else if (status === 200) { this.takeOver = false; room.handle({ kind: 'offer', ...body }); }
    else if (status !== 204) room.handle({ kind: 'failed', reason: body?.reason || 'offline' });
  }

  /** Says that the page is closed, also while it closes. */
  leave() {
    if (this.joins) this.#ask('leave', { visit: this.visit }, true);
  }

  async #ask(what, body = null, keepalive = false) {
    try {
      const answer = await fetch(`/booth/${what}`, { method: body ? 'POST' : 'GET', keepalive, headers: { Authorization: `Bearer ${this.key}`, Accept: 'application/json', ...(body && { 'Content-Type': 'application/json' }) }, body: body && JSON.stringify(body) });
      return { status: answer.status, body: answer.status === 204 ? null : await answer.json().catch(() => null) };
    } catch { return { status: 0, body: null }; }
  }
}
