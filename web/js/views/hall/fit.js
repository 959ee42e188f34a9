// Nobody scrolls the hall's screen: what is written in proposals is cut to the lines there is room for, equally many each.

/** Lines of a text that are shown at most, and the largest decision that is set in the largest letters (signs). */
const MOST = 12;
const LARGE = 160;

/** Whether a decision is too long for the largest letters. */
export const isLong = (text) => text.length > LARGE;

/** Gives every text of the scene as many lines as the screen holds, from many to none; a proposal keeps its number and name. */
export function fit(hall, screen = document.documentElement) {
  const texts = hall.querySelector('.hdecision:has(.hprops, h2)');
  if (!texts) return;
  for (let lines = MOST; lines >= 0; lines -= 1) {
    texts.style.setProperty('--lines', Math.max(1, lines));
    texts.classList.toggle('bare', lines === 0);
    if (screen.scrollHeight <= screen.clientHeight) return;
  }
}
