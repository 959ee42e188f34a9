// What the page says when an act is done: one calm sentence by the button, until the next act or until its stage has passed.
import { words } from '../../text.js';

/** Acts that the whole page answers: the sentence is only read out. */
const ANSWERED = ['cast-vote', 'cast-ballot', 'object-to-vote', 'enter-lobby', 'follow-as-viewer', 'depart', 'confirm-undisturbed'];

/** Where the meeting stands, as far as an answer to an act may be about it. */
export function stageOf({ meeting, matter, division, election, me }) {
  return [meeting.phase, me.state, matter?.matter, matter?.stage, division?.id, division?.status, election?.ballot?.id, election?.ballot?.status].join();
}

/** Whether the page shows the sentence, and does not only read it out. */
export const shows = (name) => !ANSWERED.includes(name);

/** The sentence for an act that is done, '' where there is none. @param {string} name @param {object} data @param {import('../../meeting.js').Meeting} meeting */
export function told(name, { matter = null } = {}, meeting) {
  const text = words.member.told[name];
  if (typeof text !== 'function') return text || '';
  return text(meeting.agendaItem(matter ?? meeting.sections.matter?.matter)?.number ?? '');
}
