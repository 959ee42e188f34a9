// The secretary's keys: J, F, E and Backspace call the roll; R edits, W starts and stops the webcast; the arrows turn the sections; letters work outside fields only.
import { answer, calling, skip, undo } from './roll.js';

/** @param {import('../secretary.js').SecretaryDesk} desk @param {KeyboardEvent} event */
export function onKey(desk, event) {
  if (!desk.meeting.ready || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.repeat || desk.ui.dialog) return;
  if (event.target.closest?.('input, textarea, select')) return;
  const key = event.key;
  const letter = key.toLowerCase();
  const run = (act) => { event.preventDefault(); act(); };
  if (key === 'Escape' && desk.ui.tab === 'minutes' && desk.minutes.editing) { run(() => desk.minutes.leave()); return; }
  if (key === 'Escape' && desk.ui.chosen) { run(() => desk.set({ chosen: null })); return; }
  if (desk.ui.tab === 'minutes' && ['ArrowLeft', 'ArrowRight'].includes(key)) { run(() => desk.minutes.turn(key === 'ArrowLeft' ? -1 : 1)); return; }
  if (!desk.ui.letters) return;
  const step = (desk.steps.seconds || []).find((one) => one.key?.toLowerCase() === letter);
  if (letter === '?') run(() => desk.open('help'));
  else if (step) run(() => desk.give(step));
  else if (desk.ui.tab === 'minutes' && letter === 'r') run(() => desk.minutes.edit());
  else if (desk.ui.tab === 'roll' && calling(desk) && !desk.ui.chosen) {
    const act = { j: () => answer(desk, 'yes'), f: () => answer(desk, 'absent'), e: () => answer(desk, 'substitute'), h: () => skip(desk), backspace: () => undo(desk) }[letter];
    if (act) run(act);
    else if (key === 'Enter' && event.target === document.body) run(() => answer(desk, 'yes'));
  }
}
