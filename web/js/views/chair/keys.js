// The chair's keys: Enter is the primary wherever focus is not in something of its own, letters and digits only outside fields.

/** @param {import('../chair.js').Desk} desk @param {KeyboardEvent} event */
export function onKey(desk, event) {
  if (!desk.meeting.ready || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
  const field = event.target.closest?.('input:not([type=radio]):not([type=checkbox]), textarea, select');
  if (field) return;
  const key = event.key.toLowerCase();
  if (desk.ui.dialog) { if (choose(desk, desk.root.querySelector('dialog'), key)) event.preventDefault(); return; }
  if (event.key === 'Enter') {
    if (event.target.closest?.('button, a, summary')) return;
    event.preventDefault();
    desk.root.querySelector('.primary')?.click();
    return;
  }
  if (!desk.ui.letters) return;
  if (letter(desk, key)) event.preventDefault();
}

function letter(desk, key) {
  const { primary, seconds } = desk.steps;
  if (key === '?') { desk.open('help'); return true; }
  if (primary?.key && primary.key.toLowerCase() === key) { desk.root.querySelector('.primary')?.click(); return true; }
  const step = (seconds || []).find((one) => one.key && one.key.toLowerCase() === key);
  if (step) { desk.give(step); return true; }
  const shown = [...desk.root.querySelectorAll(`[data-key="${CSS.escape(key)}"]`)].find((el) => el.offsetParent !== null);
  if (!shown) return false;
  shown.click();
  return true;
}

/** In a dialog the digits choose; the same keys stand on the choices. */
function choose(desk, root, key) {
  if (!desk.ui.letters || !root) return false;
  const shown = root.querySelector(`[data-key="${CSS.escape(key)}"]`);
  if (!shown) return false;
  shown.click();
  shown.focus();
  return true;
}
