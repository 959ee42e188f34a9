// Everybody at a distance in one picture; a press on somebody shows them larger.
import { html } from '../../../vendor/lit/lit.js';
import { words } from '../../text.js';
import { toggleFull } from '../../elements/wall.js';
import { plainDialog } from './form.js';

/** @param {import('../chair.js').Desk} desk */
export function wallDialog(desk) {
  const w = words.chair.presence;
  const { wall, streams } = desk.pictures;
  return plainDialog(desk, { title: words.shared.wall.title, body: html`<wall-picture presses .stream=${streams.wall || null} .plan=${wall.plan} .meeting=${desk.meeting} .speaker=${desk.s.debate?.floor?.person || ''}
      @look=${(e) => { if (document.fullscreenElement) document.exitFullscreen(); lookAt(desk, e.detail.person); }}></wall-picture>`,
    ends: html`<button class="btn" @click=${() => desk.open('presence')}>${w.back}</button><button class="btn" @click=${() => toggleFull(desk.root.querySelector('wall-picture'))}>${words.shared.wall.full}</button>` });
}

/** Somebody confirmed is looked at; one who waits or is lost is handled. */
function lookAt(desk, person) {
  const state = desk.meeting.presenceOf(person)?.state;
  desk.open({ returning: 'identity', dropped: 'dropped' }[state] || 'look', { person, from: 'wall' });
}
