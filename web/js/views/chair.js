// The chair console: one desk that holds what the chair is doing, and draws the whole page from the meeting's sections.
import { html, render, nothing } from '../../vendor/lit/lit.js';
import { Pictures } from '../pictures.js';
import { drawn } from '../elements/video.js';
import { words } from '../text.js';
import { forget } from '../drafts.js';
import { frame } from './chair/frame.js';
import { dialog } from './chair/dialogs.js';
import { atTheDoor } from './chair/primary.js';
import { standingWarnings, stepNow } from './chair/dialog_confirm.js';
import { onKey } from './chair/keys.js';
import { Voice, refusalWords, wireState } from '../elements/notice.js';
import '../elements/modal.js';

/** A new primary takes no press for this long (ms), so that a second Enter never gives an act nobody has read. */
const GUARD = 600;

export class Desk {
  constructor({ boot, wire, meeting, pictures, root }) {
    Object.assign(this, { boot, wire, meeting, pictures, root });
    this.ui = { dialog: null, notice: null, busy: null, form: {}, method: null, pick: null, lobby: null, unfolded: false, sound: null, letters: readLetters() };
    this.voice = new Voice();
    this.primary = { key: null, since: 0 };
    this.drawing = false;
    this.underWay = new Set();
    this.lastAct = Promise.resolve();
    meeting.listen(() => this.draw());
    pictures.listen(() => this.draw());
    window.addEventListener('keydown', (event) => onKey(this, event));
  }

  get s() { return this.meeting.sections; }
  get steps() { return this.s.steps || { primary: null, seconds: [], needs: [] }; }
  /** Whether the console plays the meeting's sound: by itself only when the chair is not in the room. */
  get sound() { return this.ui.sound ?? this.meeting.where(this.s.meeting.chair) !== 'room'; }

  set(part) { Object.assign(this.ui, part); this.draw(); }

  /** Opens a dialog at once, not at the next frame: the very next key already belongs to it. */
  open(name, args = {}) {
    Object.assign(this.ui, { dialog: { name, ...args }, form: {}, notice: null });
    if (this.meeting.ready) this.#paint();
  }

  /** Takes what is written in the dialog and draws it at once: Enter may be the very next key, and the dialog must know what it was given. */
  fill(form) {
    this.ui.form = form;
    this.#paint();
  }

  dismiss() { this.set({ dialog: null, form: {}, notice: null }); }

  /** Gives a step: explains a blocked one, opens the dialog of one that has more to ask, sends the rest. */
  async give(step, { primary = false, person = null } = {}) {
    if (!step || (primary && performance.now() - this.primary.since < GUARD)) return;
    if (step.blocked) { this.explain(step.blocked); return; }
    const unwarned = step.dialog === 'confirm' && !standingWarnings(this, step).length;
    if (step.dialog && !unwarned) { this.open(step.dialog, { step, person: step.command?.data?.person ?? person }); return; }
    await this.send(step.command.name, step.command.data || {}, { id: step.id });
  }

  explain({ because, reason, cites }) {
    this.set({ notice: { because: because || reason, cites } });
    this.voice.say(because || reason);
  }

  /**
   * Sends one command; true when the server has recorded it. A refusal is shown beside the act and read out.
   * The same act pressed twice is one; another act waits until the one before is answered.
   */
  async send(name, data = {}, { id = `${name} ${JSON.stringify(data)}`, draft = null, close = false } = {}) {
    if (this.underWay.has(id)) return false;
    this.underWay.add(id);
    const before = this.lastAct;
    const act = before.then(() => this.#carryOut(name, data, { id, draft, close }));
    this.lastAct = act;
    try { return await act; } finally { this.underWay.delete(id); }
  }

  async #carryOut(name, data, { id, draft, close }) {
    this.set({ busy: id, notice: null });
    try {
      await this.wire.send(name, data);
      for (const field of [draft || []].flat()) forget(this.boot.meeting, field);
      if (close) this.primary.fresh = 'surely';
      this.set(close ? { busy: null, dialog: null, form: {} } : { busy: null });
      return true;
    } catch (refused) {
      const notice = refusalWords(refused);
      this.set({ busy: null, notice });
      this.voice.say(notice.because);
      return false;
    }
  }

  draw() {
    if (this.drawing) return;
    this.drawing = true;
    requestAnimationFrame(() => { this.drawing = false; this.#paint(); });
  }

  #paint() {
    if (!this.meeting.ready) {
      render(wireState(this.wire), this.root);
      return;
    }
    this.#follow();
    const asked = this.ui.dialog;
    render(html`${frame(this)}
      ${asked ? html`<modal-sheet @dismiss=${() => this.dismiss()} .content=${dialog(this, asked)} .key=${asked.name}></modal-sheet>` : nothing}
      ${this.voice.regions()}`, this.root);
    this.#focusPrimary();
  }

  /** Keeps what the page chose for the chair in step with the meeting: the pictures, the primary, dialogs whose reason is gone. */
  #follow() {
    const primary = this.steps.primary;
    const key = primary ? `${primary.id}|${primary.label}` : null;
    if (key !== this.primary.key) {
      this.primary = { key, since: performance.now(), fresh: this.primary.fresh || true };
      this.ui.pick = null;
      this.ui.method = null;
    }
    if (this.ui.notice?.code === 'offline' && this.wire.state.phase === 'open') this.ui.notice = null;
    const waiting = this.meeting.inState('lobby', 'returning').map((row) => row.person);
    if (this.ui.lobby && !waiting.includes(this.ui.lobby)) this.ui.lobby = null;
    const dialogFor = this.ui.dialog?.name === 'identity' ? this.ui.dialog.person : null;
    const rollCall = ['convened', 'roll_call'].includes(this.s.meeting.phase);
    const seen = dialogFor || (rollCall ? atTheDoor(this)?.person || null : null);
    this.pictures.watch(seen || (this.ui.dialog?.name === 'look' ? this.ui.dialog.person : null));
    this.pictures.wall.want(this.ui.dialog?.name === 'wall');
    if (dialogFor && !waiting.includes(dialogFor) && !this.ui.busy) this.ui.dialog = null;
    if (this.ui.dialog?.name === 'dropped' && this.meeting.presenceOf(this.ui.dialog.person)?.state !== 'dropped') this.ui.dialog = null;
    if (this.ui.dialog?.name === 'oral-votes' && this.s.division?.status !== 'open') this.ui.dialog = null;
    if (this.ui.dialog?.name === 'confirm' && !stepNow(this, this.ui.dialog.step) && !this.ui.busy) this.ui.dialog = null;
    this.voice.follow(this.meeting);
  }

  /** After each step and each dialog's act the primary has focus, unless the chair is writing or choosing something. */
  #focusPrimary() {
    if (!this.primary.fresh || this.ui.dialog) return;
    const surely = this.primary.fresh === 'surely';
    this.primary.fresh = false;
    const at = document.activeElement;
    if (!surely && at && at !== document.body && !at.closest('.actions')) return;
    this.root.querySelector('.primary')?.focus({ preventScroll: true });
  }
}

function readLetters() {
  try { return localStorage.getItem('klubban:letters') !== 'off'; } catch { return true; }
}

export function start({ boot, wire, meeting }) {
  const root = document.getElementById('app');
  root.replaceChildren();
  const sound = () => (!desk.meeting.ready ? 'off' : desk.sound ? 'playing' : 'off');
  const pictures = new Pictures({ wire, look: () => ({ hidden: document.hidden, sound: sound(), ...drawn() }) });
  const desk = new Desk({ boot, wire, meeting, pictures, root });
  document.title = `${boot.body || ''} – ${words.chair.title}`;
  // The console always sees the meeting; the chair's own camera and microphone wait until asked for.
  pictures.start({ publish: false });
  wire.on('state', () => desk.draw());
  root.addEventListener('sound-blocked', () => {
    window.addEventListener('pointerdown', () => root.querySelectorAll('video').forEach((v) => v.srcObject && v.play().catch(() => {})), { once: true });
  });
  desk.draw();
  globalThis.klubban = { desk, pictures, meeting };
}
