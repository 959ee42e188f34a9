// The secretary's desk: roll call, minutes, presence and papers as four tabs over the same meeting.
import { html, nothing, render } from '../../vendor/lit/lit.js';
import { words } from '../text.js';
import { forget, keep, kept } from '../drafts.js';
import { Interpreters } from '../interpreters.js';
import { Voice, refusalWords, wireState } from '../elements/notice.js';
import { dialog } from './chair/dialogs.js';
import { frame } from './secretary/frame.js';
import { MinutesDesk } from './secretary/minutes_desk.js';
import { helpContent } from './secretary/help.js';
import { onKey } from './secretary/keys.js';
import '../elements/modal.js';

const TABS = ['roll', 'minutes', 'presence', 'papers'];

export class SecretaryDesk {
  constructor({ boot, wire, meeting, root }) {
    Object.assign(this, { boot, wire, meeting, root });
    this.ui = { tab: tabOf(location.hash), dialog: null, notice: null, busy: null, form: {}, method: 'known', letters: kept('page', 'letters') !== 'off', chosen: null, skipped: [], undo: [], allRows: false };
    this.voice = new Voice();
    this.minutes = new MinutesDesk({ boot, changed: () => this.draw(), say: (text) => this.voice.say(text), bring: (selector, focus) => this.#bring(selector, focus) });
    this.interpreters = new Interpreters({ wire, meeting: 'desk', changed: () => this.draw() });
    this.drawing = false;
    meeting.listen(() => { this.#follow(); this.draw(); });
    window.addEventListener('keydown', (event) => onKey(this, event));
    window.addEventListener('hashchange', () => this.set({ tab: tabOf(location.hash), notice: null }));
    setInterval(() => this.#follow(), 1500);
    // The minutes change without an event of the meeting; what was told while the line was down, or to another server, is fetched too.
    for (const kind of ['minutes', 'welcome']) wire.on(kind, () => this.#anew());
    window.addEventListener('focus', () => this.#anew());
  }

  get s() { return this.meeting.sections; }
  get steps() { return this.s.steps || { primary: null, seconds: [], needs: [] }; }

  set(part) { Object.assign(this.ui, part); this.#follow(); this.draw(); }

  open(name, args = {}) { this.set({ dialog: { name, ...args }, form: {}, notice: null }); }
  /** Takes what is written in the dialog and draws it at once: Enter may be the very next key. */
  fill(form) { this.ui.form = form; this.#paint(); }
  dismiss() { this.set({ dialog: null, form: {}, notice: null }); }

  /** Gives a step of the server's: explains a blocked one, opens its dialog, or sends it. */
  async give(step, { person = null } = {}) {
    if (step.blocked) { this.explain(step.blocked); return; }
    if (step.dialog) { this.open(step.dialog, { step, person: step.command?.data?.person ?? person }); return; }
    await this.send(step.command.name, step.command.data || {}, { id: step.id });
  }

  explain({ because, reason, cites }) {
    this.set({ notice: { because: because || reason, cites } });
    this.voice.say(because || reason);
  }

  /** Sends one command; true when the server has recorded it. A refusal stands on the page and is read out. */
  async send(name, data = {}, { id = name, draft = null, close = false } = {}) {
    if (this.ui.busy) return false;
    this.set({ busy: id, notice: null });
    try {
      await this.wire.send(name, data);
      if (draft) forget(this.boot.meeting, draft);
      this.set(close ? { busy: null, dialog: null, form: {} } : { busy: null });
      return true;
    } catch (refused) {
      const notice = refusalWords(refused);
      this.set({ busy: null, notice });
      this.voice.say(notice.because);
      return false;
    }
  }

  /** Turns single letters on or off for this browser. */
  letters(on) { keep('page', 'letters', on ? '' : 'off'); this.set({ letters: on }); }

  draw() {
    if (this.drawing) return;
    this.drawing = true;
    requestAnimationFrame(() => { this.drawing = false; this.#paint(); });
  }

  /** The draft is fetched again when the meeting has gone on, at most every second and a half, and only where it is seen. */
  #follow() {
    if (!this.meeting.ready || !['minutes', 'presence'].includes(this.ui.tab)) return;
    this.minutes.want(this.meeting.seq, this.s.matter?.matter || null);
  }

  #anew() { this.minutes.refresh(); this.#follow(); }

  /** Once drawn: what the selector finds first comes into sight, with the focus if asked. */
  #bring(selector, focus = false) {
    requestAnimationFrame(() => {
      const found = selector.split(', ').map((one) => this.root.querySelector(one)).find(Boolean);
      if (focus) found?.focus();
      found?.scrollIntoView({ block: 'nearest' });
    });
  }

  #paint() {
    if (!this.meeting.ready) { render(wireState(this.wire), this.root); return; }
    this.voice.follow(this.meeting);
    const asked = this.ui.dialog;
    const content = asked && (asked.name === 'help' ? helpContent(this) : dialog(this, asked));
    render(html`${frame(this)}${asked ? html`<modal-sheet @dismiss=${() => this.dismiss()} .content=${content} .key=${asked.name}></modal-sheet>` : nothing}${this.voice.regions()}`, this.root);
  }
}

function tabOf(hash) {
  const tab = hash.replace('#', '');
  return TABS.includes(tab) ? tab : 'roll';
}

/** Puts the desk in place. */
export function start({ boot, wire, meeting }) {
  const root = document.getElementById('app');
  root.replaceChildren();
  document.querySelector('body > .skip')?.remove();
  const desk = new SecretaryDesk({ boot, wire, meeting, root });
  document.title = `${words.secretary.title}: ${boot.body || ''} – ${words.shared.product}`;
  wire.on('state', () => desk.draw());
  desk.draw();
  globalThis.klubban = { desk, meeting };
}
