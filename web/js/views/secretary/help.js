// The secretary's help: the keys, and a way to turn single letters off.
import { html } from '../../../vendor/lit/lit.js';
import { words } from '../../text.js';

export function helpContent(desk) {
  const w = words.secretary;
  return html`<h1 id="dt">${w.helpTitle}</h1><dl class="keylist">${w.keys.map(([keys, text]) => html`<div><dt><kbd>${keys}</kbd></dt><dd>${text}</dd></div>`)}</dl>
    <label class="check"><input type="checkbox" .checked=${desk.ui.letters} @change=${(e) => desk.letters(e.target.checked)}><span>${w.letters}</span></label>
    <div class="dend"><button class="btn main" @click=${() => desk.dismiss()}>${words.shared.close}</button></div>`;
}
