// Interpreters on the member's page: the choice of spoken channel, the sign language picture beside the speaker, and what is told of them.
import { html, nothing } from '../../../vendor/lit/lit.js';
import { icon } from '../../icons.js';
import { words } from '../../text.js';

/** The menu and the switch; nothing where nobody interprets and nothing has been chosen. */
export function interpreterChoice({ interpreters, sections }) {
  const { here, wanted, gone } = interpreters;
  const w = words.member.interpreting;
  const names = gone ? [...here.channels, gone] : here.channels;
  if (!here.sign && !here.channels.length && !gone) return nothing;
  return html`<div class="row interp" role="group" aria-label=${w.label}>
    ${names.length ? html`<div class="chan"><label for="chan">${icon('speaker')}${w.channel}</label><select class="input" id="chan" @change=${(e) => interpreters.choose(e.target.value || null)}>
      <option value="" ?selected=${!wanted}>${sections.me.state === 'room' ? w.none : w.original}</option>${names.map((name) => html`<option value=${name} ?selected=${name === wanted}>${name === gone ? w.away(name) : name}</option>`)}</select></div>` : nothing}
    ${here.sign ? html`<button class="btn small" aria-pressed=${interpreters.wantsSign ? 'true' : 'false'} @click=${() => interpreters.show(!interpreters.wantsSign)}>${icon('hand')}${w.sign}</button>` : nothing}</div>
    ${gone ? html`<p class="note att">${icon('warning')}<span>${w.gone(gone)}</span></p>` : interpreters.channel && !interpreters.heard ? html`<p class="meta heardnote">${w.silent}</p>` : nothing}`;
}

/** The sign language interpreter, or nothing when not asked for or not there. */
export function signPicture({ interpreters, streams }) {
  if (!interpreters.signs) return nothing;
  const w = words.member.interpreting;
  return html`<section class="signs" aria-label=${w.sign}><video-tile .stream=${streams.sign || null} .label=${w.signPicture} .note=${w.signWaits}></video-tile></section>`;
}

/** Whether the person may take interpreters here: in the hall, and not presiding or keeping the minutes, whose consoles have the sound. */
export const listensInHall = (s) => s.me.state === 'room' && !s.me.cut_off && s.me.person !== s.meeting.chair && !s.me.roles.includes('secretary');

/** For who is in the hall: the choice, that it is for earphones, the signs, and how the connection is while there is a choice. */
export function inHall(page) {
  const choice = listensInHall(page.sections) ? interpreterChoice(page) : nothing;
  if (choice === nothing) return nothing;
  const { interpreters, mediaState, blocked, unlock } = page;
  const w = words.member.interpreting;
  const taken = interpreters.channel || interpreters.signs;
  return html`<section class="card hears" aria-label=${w.label}><h2>${w.label}</h2><p class="meta">${w.inHall}</p>${choice}
    ${taken && blocked ? html`<p class="row"><button class="btn main wide" @click=${unlock}>${icon('speaker')}${words.member.view.unlock}</button></p>` : nothing}
    ${taken && mediaState !== 'connected' ? html`<p class="meta" role="status">${['reconnecting', 'failed'].includes(mediaState) ? w.trying : w.connecting}</p>` : nothing}
    ${taken && mediaState === 'connected' ? signPicture(page) : nothing}</section>`;
}

/** What has happened to what was chosen, to be read out: {channel, sign} before and now. @returns {string} */
export function tidings(before, now) {
  const w = words.member.interpreting;
  if (before.channel && !now.channel && now.gone === before.channel) return w.gone(before.channel);
  if (now.channel && before.gone === now.channel) return w.back(now.channel);
  if (before.signs && !now.signs && now.wantsSign) return w.signGone;
  return '';
}
