// What the secretary's page knows of the draft minutes: fetched from the server, edited per section, saved with its version.
import { forget, keep, kept } from '../../drafts.js';
import { words } from '../../text.js';

/** Least time in ms between two fetches of the draft, and after one that failed. */
const PAUSE = 1500;
const PAUSE_FAILED = 9000;

/** A refusal in the server's own words. */
export class MinutesRefused extends Error {
  constructor(status, body) {
    const said = body.refused || body.problem || {};
    super(said.because || said.title || words.shared.refused.malformed);
    this.status = status;
    this.because = this.message;
    this.code = said.code || '';
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
  /** `changed` draws the page; `bring` brings what a selector finds into sight once it is drawn, with the focus if asked. */
  constructor({ boot, changed, say, bring }) {
    Object.assign(this, { boot, changed, say, bring, page: null, matter: null, pinned: false, editing: null, text: '', began: '', basedOn: 0, stale: null, busy: null, refusal: null, failed: false });
    this.seen = -1;
    this.fetching = false;
    this.last = -Infinity;
    this.ignored = new Set();
  }

  /** Wants the draft as of an event; follows the current matter until the secretary has turned to another section. */
  want(seq, current) {
    if (current && !this.pinned && !this.editing) this.matter = current;
    if (this.fetching || seq === this.seen || performance.now() - this.last < (this.failed ? PAUSE_FAILED : PAUSE)) return;
    this.fetch(seq);
  }

  /** The desk may have changed although the meeting has not: somebody approved, remarked, locked, or saved in another window. */
  refresh() { this.seen = -1; }

  async fetch(seq = this.seen) {
    this.fetching = true;
    this.seen = seq; // before the answer: a refresh asked for meanwhile must not be lost
    try {
      this.page = await ask(this.boot, 'GET', 'minutes.json');
      this.failed = false;
    } catch (refused) {
      this.failed = refused;
      this.seen = -1;
    } finally {
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

  /** The text kept in this browser and the text it was begun from, or null. One without knows no beginning, and is compared. */
  draft(matter) {
    const text = kept(this.boot.meeting, `minutes:${matter}`);
    if (!text) return null;
    try {
      const found = JSON.parse(text);
      if (typeof found?.text === 'string') return { text: found.text, began: String(found.began ?? '') };
    } catch { /* a text from before the beginning was kept */ }
    return { text, began: '' };
  }

  edit() {
    const p = this.paragraph;
    if (!p || this.editing || !this.mayEdit(p)) return;
    const draft = this.draft(p.matter) || { text: p.text, began: p.text };
    // A kept text goes on from its own beginning: what has come since was never seen by who wrote it, and is no deletion.
    Object.assign(this, { editing: p.matter, ...draft, basedOn: p.version || 0, stale: draft.began === p.text ? null : 'moved', refusal: null });
    this.changed();
    this.bring('#ed', true);
    if (this.stale) this.bring('.editor > .note');
  }

  write(text) {
    this.text = text;
    keep(this.boot.meeting, `minutes:${this.editing}`, text === this.began ? '' : JSON.stringify({ text, began: this.began }));
  }

  /** Closes the editor and forgets the text. */
  cancel() { forget(this.boot.meeting, `minutes:${this.editing}`); this.leave(); }

  /** Closes the editor; the text is kept in this browser. */
  leave() { this.editing = null; this.refusal = null; this.changed(); this.bring('#edb, #pu', true); }

  save() {
    const matter = this.editing;
    const text = this.text;
    return this.#do('save', async () => {
      await ask(this.boot, 'PUT', `minutes/texts/${encodeURIComponent(matter)}`, { text, seen: this.began, based_on: this.basedOn });
      // Another window may have kept a text of its own since; that one is not ours to forget.
      if (this.draft(matter)?.text === text) forget(this.boot.meeting, `minutes:${matter}`);
      this.leave();
    }, async (refused) => {
      // Somebody else saved first: take the new version as the base, keep the text, and let the secretary compare.
      if (refused.status === 409 && matter === this.editing) {
        await this.fetch();
        const now = this.paragraphs.find((p) => p.matter === matter)?.version ?? this.basedOn;
        const moved = now !== this.basedOn;
        if (moved) Object.assign(this, { stale: 'saved', basedOn: now });
        return moved && '.editor > .note';
      }
      return null;
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
    let shown = null;
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
      this.refresh();
      shown = await failed?.(refused) || (this.editing ? '.editor > .row' : '.draft .refusal');
    } finally {
      this.busy = null;
      this.changed();
      if (shown) this.bring(shown);
    }
  }
}
