// Interpreters on the member's page: the choice of spoken channel, the sign language picture beside the speaker, and what is told of them.
import { html, nothing } from '../../../vendor/lit/lit.js';
import { icon } from '../../icons.js';
import { words } from '../../text.js';

/** The menu and the switch; nothing where nobody interprets and nothing has been chosen. */
export function interpreterChoice({ interpreters }) {
  const { here, wanted, gone } = interpreters;
  const w = words.member.interpreting;
  const names = gone ? [...here.channels, gone] : here.channels;
  if (!here.sign && !here.channels.length && !gone) return nothing;
  return html`<div class="row interp" role="group" aria-label=${w.label}>
    ${names.length ? html`<div class="chan"><label for="chan">${icon('speaker')}${w.channel}</label><select class="input" id="chan" @change=${(e) => interpreters.choose(e.target.value || null)}>
      <option value="" ?selected=${!wanted}>${w.original}</option>${names.map((name) => html`<option value=${name} ?selected=${name === wanted}>${name === gone ? w.away(name) : name}</option>`)}</select></div>` : nothing}
    ${here.sign ? html`<button class="btn small" aria-pressed=${interpreters.wantsSign ? 'true' : 'false'} @click=${() => interpreters.show(!interpreters.wantsSign)}>${icon('hand')}${w.sign}</button>` : nothing}</div>
    ${gone ? html`<p class="note att">${icon('warning')}<span>${w.gone(gone)}</span></p>` : interpreters.channel && !interpreters.heard ? html`<p class="meta heardnote">${w.silent}</p>` : nothing}`;
}

/** The sign language interpreter, or nothing when not asked for or not there. */
export function signPicture({ interpreters, streams }) {
  if (!interpreters.signs) return nothing;
  const w = words.member.interpreting;
  return html`<section class="signs" aria-label=${w.sign}><video-tile .stream=${streams.sign || null} .label=${w.signPicture} .note=${w.signWaits}></video-tile></section>`;
}

/** What has happened to what was chosen, to be read out: {channel, sign} before and now. @returns {string} */
export function tidings(before, now) {
  const w = words.member.interpreting;
  if (before.channel && !now.channel && now.gone === before.channel) return w.gone(before.channel);
  if (now.channel && before.gone === now.channel) return w.back(now.channel);
  if (before.signs && !now.signs && now.wantsSign) return w.signGone;
  return '';
}
