// How a person, a party and a state are written everywhere.
import { html, nothing } from '../../vendor/lit/lit.js';
import { icon } from '../icons.js';
import { words } from '../text.js';

/** The party letter in its neutral frame, named for those who hear the page. */
export function party({ party: letter, party_name: name }) {
  return letter ? html`<abbr class="party" title=${name || letter}>${letter}</abbr>` : nothing;
}

/** «Bertil Bokström [B]». */
export function named(meeting, pid) {
  const person = meeting.person(pid);
  return html`<b>${person.name}</b> ${party(person)}`;
}

/** A state in words with its icon. @param {'ok'|'att'|'bad'|'calm'} level */
export function state(level, picture, text) {
  return html`<span class="state ${level}">${icon(picture)}${text}</span>`;
}

/** A line in a list of facts. */
export function fact(level, picture, text) {
  return html`<li class="state ${level}">${icon(picture)}${text}</li>`;
}

/** The link of a remote person in words, from the facts of the media plane. */
export function linkState(link) {
  const w = words.shared.link;
  if (!link || link.state === 'none') return state('calm', 'lost', w.none);
  if (link.state === 'lost') return html`${state('bad', 'lost', w.lost)}${link.page ? state('calm', 'info', link.page.includes('page-gone') ? words.seen.lost.closed : words.seen.lost.open) : nothing}`;
  if (link.state === 'live' && ['none', 'off', 'dark', 'covered'].includes(link.picture)) return nothing;  // said by faults() of seen.js
  if (!link.sends_picture && link.sends_sound) return state('att', 'cameraOff', w.soundOnly);
  if (link.sends_picture && !link.sends_sound) return state('ok', 'link', w.live);
  if (link.state === 'weak') return state('att', 'weak', w.weak);
  return state('ok', 'link', w.live);
}

/** «A, B och C». */
export function listed(names) {
  if (names.length < 2) return names.join('');
  return `${names.slice(0, -1).join(', ')} ${words.shared.and} ${names[names.length - 1]}`;
}

/** A vote as word and form: filled, hollow, dashed, plain. @param {'yes'|'no'|'abstain'|null} vote */
export function mark(vote) {
  const w = words.shared;
  if (vote === 'yes') return html`<span class="mark ja">${w.yes}</span>`;
  if (vote === 'no') return html`<span class="mark nej">${w.no}</span>`;
  if (vote === 'abstain') return html`<span class="mark avs">${w.abstain}</span>`;
  return html`<span class="mark none"><span aria-hidden="true">${w.noVoteShort}</span><span class="sr">${w.noVote}</span></span>`;
}
