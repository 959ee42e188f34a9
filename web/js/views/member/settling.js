// What has just come under a finger takes no press yet: a second tap at the same spot was meant for what stood there before.

/** An act that has newly come where another stood takes no press for this long (ms). */
export const SETTLE = 600;
/** Two presses nearer than this (px) are at the same spot. */
const SPOT = 32;

/** Knows since when each place of the action bar has held its act, and where the last press was. */
export class Settling {
  constructor(now = () => performance.now()) {
    this.now = now;
    this.bar = [];
    this.last = null;
  }

  /** When the newest act came into the bar (ms of the page's clock); long ago when none has come where another stood. */
  get since() { return Math.max(-Infinity, ...this.bar.map(({ since }) => since)); }

  /**
   * Notes the acts of the bar in order. The first bar of a page stands where nothing stood, and takes presses at once.
   * A page between two bars shows none, and says nothing of what the next one replaces.
   */
  note(acts) {
    if (!acts.length) return;
    const former = this.bar;
    this.bar = acts.map((act, i) => (former[i]?.act === act ? former[i] : { act, since: former.length ? this.now() : -Infinity }));
  }

  /** Whether a press counts; one that does not makes the next one at the spot wait too. @param {{act: string, place: number, point: {x: number, y: number}|null}} press place: in the bar, or -1; point: null for a key */
  takes({ act, place, point }) {
    const at = this.now();
    const { last } = this;
    const fresh = at - (this.bar[place]?.since ?? -Infinity) < SETTLE;
    const again = point && last && last.act !== act && at - last.at < SETTLE && Math.hypot(point.x - last.point.x, point.y - last.point.y) < SPOT;
    if (fresh || again) {
      if (last) last.at = at;
      return false;
    }
    if (point) this.last = { act, at, point };
    return true;
  }
}

const BUTTONS = 'button, a.btn';
/** What a button does: its command, or its words where it says none. */
const actOf = (button) => button.dataset.act || button.getAttribute('aria-label') || button.textContent.trim();
const inBar = (page) => [...page.querySelectorAll('#nu button')];

/** Lets a page's presses through only when they count; returns the Settling. The door in, where nothing is recorded, is left as it is. */
export function settle(page) {
  const settling = new Settling();
  const note = () => settling.note(inBar(page).map(actOf));
  new MutationObserver(note).observe(page, { childList: true, subtree: true, attributeFilter: ['data-act'] });
  page.addEventListener('click', (event) => {
    const button = event.target.closest?.(BUTTONS);
    if (!button || button.closest('join-check')) return;
    note();
    const point = event.detail ? { x: event.clientX, y: event.clientY } : null;
    if (settling.takes({ act: actOf(button), place: inBar(page).indexOf(button), point })) return;
    event.stopImmediatePropagation();
    event.preventDefault();
  }, true);
  return settling;
}
