// The list of what needs the secretary, beside the roll.
import { html, nothing } from '../../../vendor/lit/lit.js';
import { icon } from '../../icons.js';
import { words } from '../../text.js';

/** What needs the secretary, most urgent first. */
export function needs(desk) {
  const list = desk.steps.needs || [];
  if (!list.length) return nothing;
  return html`<section class="sneeds" aria-labelledby="att"><h2 id="att">${words.secretary.needs} <span class="count att">${list.length}</span></h2>
    ${list.map((need) => html`<div class="need ${need.level === 'bad' ? 'bad' : need.level === 'info' ? 'calm2' : ''}"><span class="state ${need.level === 'info' ? 'calm' : need.level}">${icon(need.level === 'bad' ? 'warning' : 'info')}${need.title}</span><p>${need.text}</p>
      ${need.actions?.length ? html`<div class="row">${need.actions.map((step) => html`<button class="btn small" aria-disabled=${step.blocked ? 'true' : nothing} @click=${() => desk.give(step, { person: need.person })}>${step.label}</button>`)}</div>` : nothing}</div>`)}</section>`;
}
