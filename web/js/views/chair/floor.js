// Who has the floor: picture, time, and the two acts that belong to it.
import { html, nothing } from '../../../vendor/lit/lit.js';
import { words } from '../../text.js';
import { linkState, party } from '../../elements/people.js';
import '../../elements/video.js';
import '../../elements/time.js';

/** @param {import('../chair.js').Desk} desk */
export function floorCard(desk) {
  const { debate } = desk.s;
  const w = words.chair.floor;
  if (!debate?.floor) return html`<section class="card" aria-labelledby="ord"><h2 id="ord">${words.shared.noFloor}</h2><p class="meta">${debate?.queue?.length ? w.waiting(debate.queue.length) : debate?.list_closed ? words.shared.listClosed : words.shared.emptyList}</p></section>`;
  const { floor } = debate;
  const person = desk.meeting.person(floor.person);
  const remote = floor.where === 'distance' || floor.where === 'remote' || desk.meeting.where(floor.person) === 'distance';
  const stream = remote ? desk.pictures.streams.floor : desk.pictures.streams.hall;
  return html`<section class="card floor" aria-labelledby="ord">
    <video-tile .stream=${stream || null} .label=${words.shared.speaking(person.name)} .still=${person.photo || null} .live=${words.shared.hasFloor} .note=${remote ? w.noPicture : w.inRoom}></video-tile>
    <div class="fx"><p class="meta row tight2"><span>${words.shared.speech[floor.kind]} ${remote ? words.shared.remote : words.shared.room}</span>${remote ? linkState(desk.meeting.link(floor.person)) : nothing}</p>
      <h2 id="ord">${person.name} ${party(person)}</h2>
      <floor-time .meeting=${desk.meeting} .since=${floor.since} .limit=${floor.limit_seconds || 0}></floor-time>
      <div class="row"><button class="btn" @click=${() => desk.send('end-floor', {})}>${w.end}</button>
        ${floor.limit_seconds ? html`<button class="btn quiet" @click=${() => desk.send('extend-floor', { seconds: 60 })}>${w.more}</button>` : nothing}</div></div></section>`;
}
