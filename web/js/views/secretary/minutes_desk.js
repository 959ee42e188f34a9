// What the secretary's page knows of the draft minutes: fetched from the server, edited per section, saved with its version.
import { forget, keep, kept } from '../../drafts.js';
import { words } from '../../text.js';

/** Least time in ms between two fetches of the draft. */
const PAUSE = 1500;

/** A refusal in the server's own words. */
export class MinutesRefused extends Error {
  constructor(status, body) {
    const said = body.refused || body.problem || {};
    super(said.because || said.title || words.shared.refused.malformed);
    this.status = status;
    this.because = this.message;
    this.cites = said.cites || '';
    this.facts = said.facts || {};
  }
}

/** One request about the minutes; JSON in, JSON out. */
export async function ask(boot, method, path, body = null) {
  let answer;
  try {
    answer = await fetch(`/meetings/${encodeURIComponent(boot.meeting)}/${path}`, { method, headers: { Accept: 'application/json', ...(body || method !== 'GET' ? { 'Content-Type': 'application/json', 'X-CSRF-Token': boot.csrf } : {}) }, body: body ? JSON.stringify(body) : method === 'GET' ? undefined : '{}' });
  } catch { throw new MinutesRefused(0, { problem: { because: words.shared.refused.offline } }); }
  const value = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new MinutesRefused(answer.status, value);
  return value;
}

export class MinutesDesk {
  constructor({ boot, changed, say }) {
    Object.assign(this, { boot, changed, say, page: null, matter: null, pinned: false, editing: null, text: '', began: '', basedOn: 0, stale: false, busy: null, refusal: null, failed: false });
    this.seen = -1;
    this.fetching = false;
    this.last = -Infinity;
    this.ignored = new Set();
  }

  /** Wants the draft as of an event; follows the current matter until the secretary has turned to another section. */
  want(seq, current) {
    if (current && !this.pinned && !this.editing) this.matter = current;
    if (this.fetching || seq === this.seen || performance.now() - this.last < PAUSE) return;
    this.fetch(seq);
  }

  async fetch(seq = this.seen) {
    this.fetching = true;
    try {
      this.page = await ask(this.boot, 'GET', 'minutes.json');
      this.seen = seq;
      this.failed = false;
    } catch (refused) { this.failed = refused; } finally {
      this.fetching = false;
      this.last = performance.now();
      this.changed();
    }
  }

  get paragraphs() { return this.page?.paragraphs || []; }

  get paragraph() { return this.paragraphs.find((p) => p.matter === this.matter) || this.paragraphs[this.paragraphs.length - 1] || null; }

  turn(step) {
    const at = this.paragraphs.indexOf(this.paragraph) + step;
    if (this.editing || !this.paragraphs[at]) return;
    this.matter = this.paragraphs[at].matter;
    this.pinned = at < this.paragraphs.length - 1;
    this.changed();
  }

  show(matter) { if (!this.editing) { this.matter = matter; this.pinned = true; this.changed(); } }

  /** Nothing is changed in what has been verified, whole or a section by itself. */
  mayEdit(p) { return this.page.status !== 'verified' && !p.verified_immediately; }

  draft(matter) { return kept(this.boot.meeting, `minutes:${matter}`); }

  edit() {
    const p = this.paragraph;
    if (!p || this.editing || !this.mayEdit(p)) return;
    Object.assign(this, { editing: p.matter, text: this.draft(p.matter) || p.text, began: p.text, basedOn: p.version || 0, stale: false, refusal: null });
    this.changed();
  }

  write(text) { this.text = text; keep(this.boot.meeting, `minutes:${this.editing}`, text); }

  cancel() { forget(this.boot.meeting, `minutes:${this.editing}`); this.editing = null; this.refusal = null; this.changed(); }

  save() {
    const matter = this.editing;
    return this.#do('save', async () => {
      await ask(this.boot, 'PUT', `minutes/texts/${encodeURIComponent(matter)}`, { text: this.text, seen: this.began, based_on: this.basedOn });
      forget(this.boot.meeting, `minutes:${matter}`);
      this.editing = null;
    }, async (refused) => {
      // Somebody else saved first: take the new version as the base, keep the text, and let the secretary compare.
      if (refused.status === 409 && matter === this.editing) {
        await this.fetch();
        const now = this.paragraphs.find((p) => p.matter === matter)?.version ?? this.basedOn;
        this.stale = now !== this.basedOn;
        this.basedOn = now;
      }
    });
  }

  /** «Använd det som hänt»: drops the secretary's version of one part of a section. */
  restore(p, section) {
    return this.#do('restore', () => ask(this.boot, 'PUT', `minutes/texts/${encodeURIComponent(p.matter)}`, { restore: section, based_on: p.version || 0 }));
  }

  /** «Behåll min text»: the difference has been seen; the mark stays in the text, the question goes. */
  ignore(p, section) { this.ignored.add(`${p.matter}:${section}:${p.version}`); this.changed(); }

  ignores(p, section) { return this.ignored.has(`${p.matter}:${section}:${p.version}`); }

  /** Makes the archive package of what there is now. */
  makePackage() { return this.#do('package', () => ask(this.boot, 'POST', 'archive', {})); }

  prepare(matter = null) { return this.#do('prepare', () => ask(this.boot, 'POST', 'minutes/prepare', matter ? { matter } : {})); }

  async #do(name, act, failed = null) {
    if (this.busy) return;
    this.busy = name;
    this.refusal = null;
    this.changed();
    try {
      await act();
      await this.fetch();
    } catch (refused) {
      if (!(refused instanceof MinutesRefused)) throw refused;
      this.refusal = refused;
      this.say(refused.because);
      await failed?.(refused);
    } finally {
      this.busy = null;
      this.changed();
    }
  }
}
