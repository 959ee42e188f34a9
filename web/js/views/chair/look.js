// Whom the chair should look at: a list beside the stage, and a person's own picture with the question only the chair can answer.
import { html, nothing } from '../../../vendor/lit/lit.js';
import { repeat } from '../../../vendor/lit/repeat.js';
import { words, clock } from '../../text.js';
import { icon } from '../../icons.js';
import { linkState, named, party, state } from '../../elements/people.js';
import { faults, toLookAt } from '../../elements/seen.js';
import { plainDialog } from './form.js';
import '../../elements/video.js';

/** So many stand in the column before the rest is folded; a hall full of them would hide the speakers' list. */
const SHOWN = 4;

/** @param {import('../chair.js').Desk} desk */
export function lookList(desk) {
  const list = toLookAt(desk.meeting);
  if (!list.length) return nothing;
  const w = words.seen;
  const rest = list.length - SHOWN;
  return html`<section aria-labelledby="se"><h2 id="se">${w.title} <span class="count att">${list.length}</span></h2>
    ${repeat(list.slice(0, SHOWN), (one) => one.person, (one) => card(desk, one))}
    ${rest > 0 ? html`<button class="btn small quiet flush" @click=${() => desk.open('presence')}>${w.more(rest)}</button>` : nothing}</section>`;
}

function card(desk, { person, faults: found }) {
  const name = html`<span class="sr"> ${desk.meeting.label(person)}</span>`;
  return html`<div class="need ${found[0].level === 'bad' ? 'bad' : ''}">${found.map((one) => state(one.level, one.icon, one.text))}
    <p>${named(desk.meeting, person)}. ${found.map((one) => one.cause).filter(Boolean).map((cause) => html`${cause}. `)}${found[0].advice}</p>
    <div class="row"><button class="btn small" @click=${() => desk.open('look', { person })}>${words.seen.look}${name}</button></div></div>`;
}

/** One person's own picture beside the register's photo, with what is observed and the chair's own judgement. */
export function lookDialog(desk, { person, from }) {
  const w = words.seen;
  const wp = words.chair.presence;
  const wi = words.chair.identity;
  const { meeting } = desk;
  const who = meeting.person(person);
  const row = meeting.presenceOf(person);
  const link = meeting.link(person);
  const found = faults(link, { name: who.name });
  const confirm = () => desk.send('confirm-seen', { person }, { close: true });
  const remote = meeting.inState('remote').map((one) => one.person);
  const next = remote[(remote.indexOf(person) + 1) % remote.length];
  const wave = () => { desk.pictures.askToWave(person); desk.voice.say(wp.waveAsked(who.name)); desk.set({ form: { waved: person } }); };
  return plainDialog(desk, { title: html`${who.name} ${party(who)}`, body: html`<div class="pair look"><figure><figcaption><b>${icon('camera')}${wi.now}</b></figcaption>
      <video-tile shape="four" .stream=${desk.pictures.streams.look || null} .label=${wi.livePicture(who.name)} .note=${wi.noPicture}></video-tile></figure>
      <figure><figcaption><b>${icon('shield')}${wi.register}</b></figcaption><div class="video four">${who.photo ? html`<img src=${who.photo} alt=${wi.photoOf(who.name)}>` : html`<div class="standin">${icon('people')}<p>${wi.noPhoto}</p></div>`}</div></figure></div>
    <p class="row lowgap">${linkState(link)} ${found.map((one) => state(one.level, one.icon, one.text))}<button class="btn small" @click=${wave}>${icon('hand')}${wp.wave}</button>${desk.ui.form.waved === person ? html`<span class="meta">${wp.waveAsked(who.name)}</span>` : nothing}</p>
    ${found.length ? html`<p class="lowgap">${found.map((one) => one.cause).filter(Boolean).map((cause) => html`${cause}. `)}${found[0].about === 'picture' && found[0].state === 'still' ? w.lookLead : found[0].advice}</p>` : nothing}
    ${row?.seen_at ? html`<p class="meta">${w.confirmed(clock(row.seen_at))}</p>` : nothing}
    ${row?.state === 'remote' ? html`<p class="meta" id="jag-ser">${w.confirmHint}</p>` : nothing}`,
  ends: html`${remote.length > 1 ? html`<button class="btn" @click=${() => desk.open('look', { person: next, from })}>${wp.next}</button>` : nothing}
    <button class="btn" @click=${() => desk.open(from === 'wall' ? 'wall' : 'presence')}>${from === 'wall' ? wp.toWall : wp.back}</button>
    ${row?.state === 'remote' ? html`<button class="btn main big" aria-describedby="jag-ser" @click=${confirm}>${w.confirm(who.name)}</button>` : nothing}` });
}
