// Help: the keys, letters on or off, and the page's light. More: the acts that are not in the bar.
import { html, nothing } from '../../../vendor/lit/lit.js';
import { words } from '../../text.js';
import { THEMES, chosenTheme, chooseTheme } from '../../theme.js';
import { plainDialog } from './form.js';
import { isElsewhere } from './primary.js';

/** @param {import('../chair.js').Desk} desk */
export function helpDialog(desk) {
  const w = words.chair.help;
  const theme = chosenTheme();
  return plainDialog(desk, { title: w.title, body: html`<div class="helpgrid"><div><h2>${w.keys}</h2><dl class="keys">${w.keyRows.map(([key, text]) => html`<div><dt><kbd>${key}</kbd></dt><dd>${text}</dd></div>`)}</dl>
      <label class="check"><input type="checkbox" .checked=${desk.ui.letters} @change=${(e) => setLetters(desk, e.target.checked)}><span>${w.letters}</span></label></div>
    <div><fieldset><legend class="label">${w.theme}</legend><div class="pick">${THEMES.map((one) => html`<label><input type="radio" name="theme" value=${one} .checked=${one === theme} @change=${() => { chooseTheme(one); desk.draw(); }}><span>${w.themes[one || 'system']}</span></label>`)}</div></fieldset>
      <p class="meta lowgap"><a href="/rules" target="_blank" rel="noopener">${w.rules}</a></p></div></div>` });
}

function setLetters(desk, on) {
  try { localStorage.setItem('klubban:letters', on ? 'on' : 'off'); } catch { /* private mode: the choice lasts for this page */ }
  desk.set({ letters: on });
}

/** Every act of the moment that has no button in the bar, and those that are always there. */
export function moreDialog(desk) {
  const steps = (desk.steps.seconds || []).filter(isElsewhere);
  const always = [['call-substitute', words.chair.substitute.title], ['conflict', words.chair.conflict.title], ['presence', words.chair.links.showAll]]
    .filter(([dialog]) => !steps.some((step) => step.dialog === dialog));
  return plainDialog(desk, { title: words.chair.more.title, body: html`<div class="choices">${steps.map((step, i) => html`<button class="act wide2" aria-disabled=${step.blocked ? 'true' : nothing} aria-describedby=${step.blocked ? `m${i}` : nothing}
      @click=${() => { if (!step.dialog && !step.blocked) desk.dismiss(); desk.give(step); }}><span>${step.label}</span>${step.blocked ? html`<small id=${`m${i}`}>${step.blocked.reason}</small>` : nothing}</button>`)}
    ${always.map(([dialog, label]) => html`<button class="act wide2" @click=${() => desk.open(dialog)}><span>${label}</span></button>`)}</div>` });
}
