// What stands at the top of the stage: the matter with its number, or a plain title.
import { html, nothing } from '../../../vendor/lit/lit.js';
import { matterAbout } from '../../elements/matter_about.js';
import { words } from '../../text.js';

/** The matter's number, reference and title; `instead` says the moment when that matters more than the title. */
export function heading(desk, instead = null) {
  const { matter } = desk.s;
  if (!matter) return title('', instead || '');
  return html`<div class="matter"><p class="eyebrow"><span>${matter.number ? words.shared.section(matter.number) : ''}</span>${matter.reference ? html`<span>${matter.reference}</span>` : nothing}${
    !instead && matter.rapporteur ? html`<span>${words.chair.rapporteur(matter.rapporteur)}</span>` : nothing}</p><h1>${instead || matter.title}</h1>${instead ? nothing : matterAbout(desk.meeting, matter)}</div>`;
}

export function title(eyebrow, text) {
  return html`<div class="matter"><p class="eyebrow">${eyebrow}</p><h1>${text}</h1></div>`;
}
