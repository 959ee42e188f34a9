// Who is remote and how their links are, and the chair's own camera, microphone and sound.
import { html, nothing } from '../../../vendor/lit/lit.js';
import { words } from '../../text.js';
import { state } from '../../elements/people.js';
import { toLookAt } from '../../elements/seen.js';

const bad = (link) => link && (link.state === 'lost' || link.state === 'none');

/** The sums under the agenda; they open the list of everybody's presence and link. */
export function linkTotals(desk) {
  const { meeting } = desk;
  const w = words.chair.links;
  const remote = meeting.inState('remote');
  const dropped = meeting.inState('dropped').length;
  const waiting = meeting.inState('lobby', 'returning').length;
  const viewers = meeting.inState('viewer').length;
  const weak = remote.filter((row) => meeting.link(row.person)?.state === 'weak').length;
  const silent = remote.filter((row) => bad(meeting.link(row.person))).length;
  const watched = toLookAt(meeting);
  const about = (what) => watched.filter((one) => one.faults.some((fault) => fault.about === what));
  const [unseen, unheard, away] = ['picture', 'sound', 'page'].map((what) => about(what).length);
  const unwell = new Set([...remote.filter((row) => bad(meeting.link(row.person)) || meeting.link(row.person)?.state === 'weak').map((row) => row.person), ...watched.map((one) => one.person)]).size;
  const well = remote.length - unwell;
  const lines = [
    well ? state('ok', 'link', w.well(well)) : nothing,
    weak ? state('att', 'weak', w.weak(weak)) : nothing,
    unseen ? state('att', 'eye', words.seen.totals.pictures(unseen)) : nothing,
    unheard ? state('att', 'micOff', words.seen.totals.sound(unheard)) : nothing,
    away ? state('att', 'warning', words.seen.totals.page(away)) : nothing,
    silent + dropped ? state('bad', 'lost', w.lost(silent + dropped)) : nothing,
    waiting ? state('calm', 'clock', w.waiting(waiting)) : nothing,
    viewers ? state('calm', 'eye', w.viewers(viewers)) : nothing,
  ].filter((line) => line !== nothing);
  return html`<div class="remote"><b>${w.remote(remote.length + dropped)}</b>${lines.map((line) => html`${line}<br>`)}
    ${remote.length ? html`<button class="btn small quiet flush" @click=${() => desk.open('wall')}>${words.chair.presence.wall}</button>` : nothing}
    <button class="btn small quiet flush" @click=${() => desk.open('presence')}>${w.showAll}</button></div>`;
}

/** The chair's own picture and sound to those at home, and whether this computer plays theirs. */
export function ownDevices(desk) {
  const w = words.chair.devices;
  const { pictures } = desk;
  const sending = pictures.publishing;
  const text = pictures.state === 'denied' ? w.denied : sending ? w.sending : w.notSending;
  const toggle = () => pictures.start({ publish: !sending });
  return html`<div class="remote own"><b>${w.title}</b>${state(pictures.state === 'denied' ? 'bad' : sending ? 'ok' : 'calm', sending ? 'camera' : 'cameraOff', text)}
    <button class="btn small quiet flush" aria-pressed=${sending ? 'true' : 'false'} @click=${toggle}>${sending ? w.stop : w.start}</button>
    ${['failed', 'reconnecting'].includes(pictures.state) ? state('att', 'lost', w.trying) : nothing}
    <button class="btn small quiet flush" aria-pressed=${desk.sound ? 'true' : 'false'} @click=${() => desk.set({ sound: !desk.sound })}>${desk.sound ? w.mute : w.unmute}</button></div>`;
}
