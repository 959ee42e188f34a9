// Two faces of the same size side by side, the facts of the link, and how the identity was established.
import { html, nothing } from '../../../vendor/lit/lit.js';
import { live } from '../../../vendor/lit/live.js';
import { words, clock } from '../../text.js';
import { icon } from '../../icons.js';
import { fact, party } from '../../elements/people.js';
import { admissionRefused, ASKS_WHY, methodFor } from './primary.js';
import '../../elements/video.js';

/** @param {import('../chair.js').Desk} desk @param {{person: string, since: string, state: string}} row the one at the door */
export function identityCard(desk, row) {
  const w = words.chair.identity;
  const person = desk.meeting.person(row.person);
  const link = desk.meeting.link(row.person);
  const methods = row.identity_methods;
  return html`<section class="card ident" aria-labelledby="vem"><div class="pair">
      <figure><figcaption><b>${icon('camera')}${w.now}</b><span>${row.state === 'returning' ? w.back(clock(row.since)) : w.since(clock(row.since))}</span></figcaption>
        <video-tile shape="four" .stream=${desk.pictures.streams.look || null} .label=${w.livePicture(person.name)} .note=${w.noPicture}></video-tile></figure>
      <figure><figcaption><b>${icon('shield')}${w.register}</b></figcaption>
        <div class="video four">${person.photo ? html`<img src=${person.photo} alt=${w.photoOf(person.name)}>` : html`<div class="standin">${icon('people')}<p>${w.noPhoto}</p></div>`}</div></figure></div>
    <div class="idr"><div><h2 id="vem">${person.name} ${party(person)}</h2>
        <p class="meta">${[w.roles[person.role] || '', person.title, person.party_name].filter(Boolean).join(' · ')}</p>
        <ul class="facts">${facts(w, link, row)}</ul></div>
      <fieldset><legend class="label">${w.how}</legend><div class="pick">${methods.map((method, i) => html`<label data-key=${String(i + 1)}><input type="radio" name="id" .checked=${live(methodFor(desk, row) === method)} @change=${() => desk.set({ method })}><span>${w.methods[method]}</span><kbd aria-hidden="true">${i + 1}</kbd></label>`)}</div></fieldset></div>
    ${missing(desk, w, row)}
    <div class="row"><button class="btn small" data-key="f" @click=${() => desk.open('reject', { person: row.person })}>${w.wrong} <kbd aria-hidden="true">F</kbd></button>
      <button class="btn small" data-key="b" @click=${() => desk.send('ask-new-picture', { person: row.person })}>${w.askPicture} <kbd aria-hidden="true">B</kbd></button>
      ${nextAtTheDoor(desk, row)}</div></section>`;
}

/** Why the person cannot be let in yet, in whole words; and where the law lets the chair judge, the place to write why. */
function missing(desk, w, row) {
  const refused = admissionRefused(desk, row);
  if (!refused) return nothing;
  return html`<div class="note att">${icon('warning')}<p>${refused.because}</p></div>
    ${refused.code === ASKS_WHY ? html`<div class="field"><label for="f-override">${w.why}</label><span class="hint" id="h-override">${w.whyHint}</span>
      <input class="input" id="f-override" aria-describedby="h-override" .value=${live(desk.ui.form.override_reason || '')} @input=${(e) => desk.fill({ ...desk.ui.form, override_reason: e.target.value })}></div>` : nothing}`;
}

/**
 * What the media plane knows of the one at the door. The microphone opens with the floor and little is sent to the lobby,
 * so a direction that is silent is said calmly; only a picture that does not arrive is a fault.
 */
function facts(w, link, row) {
  const lines = [];
  if (row.signed_in?.is_strong) lines.push(fact('ok', 'shield', w.strong));
  if (!link || link.state === 'none') lines.push(fact('att', 'clock', w.noLink));
  else {
    lines.push(link.sends_picture ? fact('ok', 'check', w.pictureHere) : fact('bad', 'warning', w.pictureNotFrom));
    if (link.sends_sound) lines.push(fact('ok', 'check', w.soundHere));
    lines.push(link.gets_picture || link.gets_sound ? fact('ok', 'check', w.followsMeeting) : fact('calm', 'info', w.nothingSent));
    if (link.state === 'weak') lines.push(fact('att', 'weak', words.shared.link.weak));
  }
  if (row.new_picture_asked) lines.push(fact('calm', 'clock', w.pictureAsked));
  if (row.identity?.at) lines.push(fact('calm', 'info', w.before(w.methods[row.identity.method], clock(row.identity.at))));
  return lines;
}

function nextAtTheDoor(desk, row) {
  const waiting = desk.meeting.inState('lobby', 'returning');
  if (waiting.length < 2 || desk.ui.dialog) return nothing;
  const next = waiting[(waiting.findIndex((one) => one.person === row.person) + 1) % waiting.length];
  return html`<button class="btn small" data-key="n" @click=${() => desk.set({ lobby: next.person })}>${words.chair.identity.nextFirst} <kbd aria-hidden="true">N</kbd></button>`;
}
