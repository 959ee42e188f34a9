// What is observed of somebody at a distance, sorted by what the chair should do about it. Words and order, no law.
import { words } from '../text.js';

/** Pictures that are no moving picture of a person, worst first, and the microphones that should be heard and are not. */
const PICTURES = { gone: 'lost', none: 'cameraOff', off: 'cameraOff', dark: 'cameraOff', covered: 'cameraOff', still: 'eye' };
const SOUNDS = ['none', 'dead'];
/** What a page tells that means that its person does not follow the meeting. */
const NOT_FOLLOWING = ['sound-missing', 'sound-blocked', 'sound-empty', 'sound-muted', 'picture-missing', 'picture-frozen'];
/** What a page tells of why its picture or its sound does not come. */
const CAUSES = { picture: ['camera-muted', 'camera-ended', 'camera-off', 'camera-unsent'], sound: ['microphone-muted', 'microphone-ended', 'microphone-off', 'microphone-unsent'] };

/**
 * The faults of one person: [{about, level, icon, text, cause, advice}], the picture first.
 * @param {object|null} link @param {{name: string, seenAt?: string|null}} who  seenAt: when the chair last said to see the person
 */
export function faults(link, { name, seenAt = null }) {
  const w = words.seen;
  if (!link || link.state === 'lost') return [];
  const found = [];
  const cause = (about) => (link.page || []).filter((code) => CAUSES[about].includes(code)).map((code) => w.page[code]).join('. ');
  const judged = link.picture === 'still' && seenAt && Date.parse(seenAt) >= Date.parse(link.picture_since);
  if (PICTURES[link.picture] && !judged) {
    const advice = w.advice[link.picture];
    found.push({ about: 'picture', state: link.picture, level: link.picture === 'still' ? 'att' : 'bad', icon: PICTURES[link.picture], text: w.picture[link.picture], cause: cause('picture'), advice: typeof advice === 'function' ? advice(name) : advice });
  }
  if (SOUNDS.includes(link.sound)) found.push({ about: 'sound', state: link.sound, level: 'att', icon: 'micOff', text: w.sound[link.sound], cause: cause('sound'), advice: w.advice.sound(name) });
  const page = (link.page || []).filter((code) => NOT_FOLLOWING.includes(code));
  if (page.length) found.push({ about: 'page', state: page[0], level: 'att', icon: 'warning', text: w.page[page[0]], cause: page.slice(1).map((code) => w.page[code]).join('. '), advice: w.advice.page(name) });
  return found;
}

/** Those at a distance with something to look at: [{person, faults}], the worst first. */
export function toLookAt(meeting) {
  const rank = (one) => Math.min(...one.faults.map((fault) => [...Object.keys(PICTURES), ...SOUNDS, ...NOT_FOLLOWING].indexOf(fault.state)));
  return meeting.inState('remote').map((row) => ({ person: row.person, faults: faults(meeting.link(row.person), { name: meeting.person(row.person).name, seenAt: row.seen_at }) }))
    .filter((one) => one.faults.length).sort((a, b) => rank(a) - rank(b));
}

/** What is wrong with one's own picture or microphone, as [level, icon, words], or null. */
export function mine(link) {
  const w = words.seen.mine;
  if (!link) return null;
  if (w[link.picture]) return [link.picture === 'still' ? 'att' : 'bad', PICTURES[link.picture], w[link.picture]];
  return link.sound === 'dead' ? ['att', 'micOff', w.dead] : null;
}
