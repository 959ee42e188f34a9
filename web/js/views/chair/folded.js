// A long text shown by its first lines, so that what is to be chosen stays in sight; the whole of it is one press away.
import { html } from '../../../vendor/lit/lit.js';
import { words } from '../../text.js';

/** From so many characters a text is folded: about four lines at the console's width. */
const LONG = 320;

/** @param {string} text */
export function folded(text) {
  if (text.length <= LONG) return html`<p>${text}</p>`;
  return html`<details class="folded"><summary class="more-less"><span class="start">${text}</span><span class="whole">${moreLess()}</span></summary></details>`;
}

/** The words that unfold and fold; the text itself is always there for who hears the page. */
export const moreLess = () => html`<span class="more">${words.chair.showWhole}</span><span class="less">${words.chair.showLess}</span>`;

/** Whether the text of something to choose is folded until asked for. */
export const isLong = (text) => (text || '').length > LONG;
