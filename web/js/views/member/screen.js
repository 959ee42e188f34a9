// Which screen the member sees now: one pure function of what the server said and what the person has opened.
import { mine } from '../../elements/seen.js';

/** States in which picture and sound go to and from this page. */
const ON_LINE = ['lobby', 'returning', 'remote', 'dropped', 'viewer'];

export const onLine = (state) => ON_LINE.includes(state);

/**
 * @param {object} s the sections of the view
 * @param {{form: string|null, changing: boolean, choice: string|null, watched: string|null, wire: string}} here
 * @returns {'gone'|'closed'|'cut'|'join'|'slip'|'slip-receipt'|'slip-remote'|'ballot'|'receipt'|'prelim'|'lost'|'lobby'|'form'|'follow'}
 */
export function screenOf(s, here) {
  if (here.wire === 'closed') return 'gone';
  if (s.meeting.phase === 'closed') return here.form ? 'form' : 'closed';
  const state = s.me.state;
  const away = ['expected', 'absent', 'left'].includes(state) || !state;
  if (s.me.cut_off && !(away && s.me.cut_off.doors)) return 'cut';  // closed doors keep nobody from coming to the meeting
  if (away) return 'join';
  if (state === 'dropped') return 'lost';
  if (state === 'lobby') return 'lobby';
  const ballot = s.election?.ballot;
  if (ballot?.status === 'open' && s.me.ballot?.remote && here.watched !== ballot.id) return 'slip-remote';
  if (ballot?.status === 'open' && ballot.method === 'electronic' && s.me.ballot?.voter && state === 'room') return s.me.ballot.cast ? 'slip-receipt' : 'slip';
  if (s.division && s.division.status === 'open' && s.me.votable) return s.division.my_vote && !here.changing ? 'receipt' : 'ballot';
  if (s.division && s.division.status === 'preliminary' && (s.division.my_vote || s.me.votable)) return here.form === 'object' ? 'form' : 'prelim';
  return here.form ? 'form' : 'follow';
}

/** What the head says when the server has ended the page: nothing of how one is seen, which it no longer knows. */
const ENDED = { 'signed-out': 'signedOut', elsewhere: 'elsewhere' };

/** The head's own state: [level, icon, key of words.member.state, number?]. */
export function standing(s, { wire, reason, attempt, media, link }) {
  const state = s.me.state;
  if (s.meeting.phase === 'closed') return ['calm', 'gavel', 'closed'];
  if (wire === 'closed') return ['bad', 'lost', ENDED[reason] || 'ended'];
  if (wire === 'reconnecting') return ['att', 'lost', 'reconnecting', attempt];
  if (state === 'expelled') return ['calm', 'lock', 'expelled'];
  if (s.me.cut_off) return ['calm', 'scales', 'outside', s.matter?.number];
  if (state === 'room') return ['ok', 'room', 'room'];
  if (state === 'dropped') return ['bad', 'lost', 'dropped'];
  if (state === 'lobby') return ['calm', 'clock', 'lobby'];
  if (state === 'returning') return ['att', 'clock', 'returning'];
  if (state === 'viewer') return ['att', 'eye', 'viewer'];
  if (state === 'remote') {
    if (['idle', 'denied', 'failed'].includes(media) || (link && !link.sends_picture)) return ['bad', 'cameraOff', 'unseen'];
    if (media !== 'connected') return ['att', 'weak', 'media'];
    const own = mine(link);
    if (own) return [own[0], own[1], 'own', own[2]];
    if (link?.state === 'weak') return ['att', 'weak', 'weak'];
    return ['ok', 'link', 'remote'];
  }
  if (state === 'left') return ['calm', 'back', 'left'];
  return ['calm', 'clock', state === 'absent' ? 'absent' : 'expected'];
}

/** The proposal behind a side of a division as «Kommunstyrelsens förslag. Remissen besvaras …». */
export function meaning(side) {
  if (!side) return '';
  const text = side.text && side.text !== side.label ? side.text : '';
  const end = /[.?!]$/.test(side.label) ? '' : /^[a-zåäö]/.test(text) ? ':' : '.';
  return [`${side.label}${end}`, text].filter(Boolean).join(' ');
}
