// Everybody's presence and link as one table.
import { html, nothing } from '../../../vendor/lit/lit.js';
import { live } from '../../../vendor/lit/live.js';
import { repeat } from '../../../vendor/lit/repeat.js';
import { words, clock } from '../../text.js';
import { linkState, party, state } from '../../elements/people.js';
import { faults } from '../../elements/seen.js';
import { plainDialog } from './form.js';

const LEVEL = { room: ['ok', 'room'], remote: ['ok', 'link'], lobby: ['att', 'clock'], returning: ['att', 'clock'], dropped: ['bad', 'lost'], viewer: ['att', 'eye'], absent: ['calm', 'cross'], left: ['calm', 'cross'], expected: ['calm', 'info'] };
/** From so many on the roll there is a field to search in. */
const MANY = 15;
const REMOTE = ['remote', 'lobby', 'returning', 'dropped', 'viewer'];

/** @param {import('../chair.js').Desk} desk */
export function presenceDialog(desk) {
  const w = words.chair.presence;
  const { meeting } = desk;
  const rank = (row) => ['dropped', 'lobby', 'returning', 'viewer', 'remote', 'room', 'expelled', 'left', 'absent', 'expected'].indexOf(row.state);
  const rows = [...(desk.s.presence || [])].sort((a, b) => rank(a) - rank(b) || (meeting.person(a.person).order ?? 0) - (meeting.person(b.person).order ?? 0));
  const wanted = (desk.ui.form.find || '').trim().toLocaleLowerCase('sv');
  const found = wanted ? rows.filter((row) => desk.meeting.label(row.person).toLocaleLowerCase('sv').includes(wanted)) : rows;
  return plainDialog(desk, { title: w.title, body: html`${rows.length > MANY ? html`<div class="field find"><label for="f-find">${w.find}</label><input class="input" id="f-find" type="search" autocomplete="off" .value=${live(desk.ui.form.find || '')} @input=${(e) => desk.set({ form: { ...desk.ui.form, find: e.target.value } })}></div>` : nothing}
    ${found.length ? nothing : html`<p class="meta" role="status">${w.noneFound}</p>`}<div class="scroller" tabindex="0" role="region" aria-label=${w.title}><table class="table"><thead><tr><th scope="col">${w.name}</th><th scope="col">${w.state}</th><th scope="col">${w.link}</th><th scope="col">${w.act}</th></tr></thead>
    <tbody>${repeat(found, (row) => row.person, (row) => line(desk, row))}</tbody></table></div>` });
}

function line(desk, row) {
  const w = words.chair.presence;
  const { meeting } = desk;
  const person = meeting.person(row.person);
  const [level, picture] = LEVEL[row.state] || LEVEL.expected;
  const more = [row.serves_for ? w.servesFor(meeting.label(row.serves_for)) : '', row.replaced_by ? w.replacedBy(meeting.label(row.replaced_by)) : '', row.disqualified ? w.disqualified : '',
    row.identity?.method ? words.chair.identity.methods[row.identity.method] : '', row.viewer_reason || ''].filter(Boolean).join(' · ');
  return html`<tr><th scope="row" class="plain">${person.name} ${party(person)}${more ? html`<small class="meta block">${more}</small>` : nothing}</th>
    <td><span class="since">${state(level, picture, w.states[row.state])} ${row.since && !['expected', 'absent'].includes(row.state) ? html`<small class="meta">${clock(row.since)}</small>` : nothing}</span></td>
    <td>${REMOTE.includes(row.state) ? html`${linkState(meeting.link(row.person))}${faults(meeting.link(row.person), { name: person.name, seenAt: row.seen_at }).map((one) => state(one.level, one.icon, one.text))}` : nothing}</td>
    <td><div class="row">${acts(desk, row)}</div></td></tr>`;
}

function acts(desk, row) {
  const w = words.chair.presence;
  const name = html`<span class="sr"> ${desk.meeting.label(row.person)}</span>`;
  const button = (text, run) => html`<button class="btn small" @click=${run}>${text}${name}</button>`;
  if (row.state === 'dropped') return button(w.handle, () => desk.open('dropped', { person: row.person }));
  if (['lobby', 'returning'].includes(row.state)) return button(w.identity, () => desk.open('identity', { person: row.person }));
  if (row.state === 'remote') return html`${button(w.look, () => desk.open('look', { person: row.person }))}${button(w.leave, () => desk.send('record-departure', { person: row.person }))}`;
  if (row.state === 'room') return button(w.leave, () => desk.send('record-departure', { person: row.person }));
  if (row.state === 'expelled') return button(w.letIn, () => desk.send('let-back-in', { person: row.person }));
  if (['expected', 'absent', 'left'].includes(row.state)) return html`${row.may_take_back ? button(w.takeBack, () => desk.send('take-back-departure', { person: row.person })) : nothing}${button(w.arrive, () => desk.send('record-arrival', { person: row.person }))}`;
  return nothing;
}
