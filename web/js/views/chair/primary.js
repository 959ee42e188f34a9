// The one filled button: the server's primary step, completed with what the chair has chosen on the page.
import { words } from '../../text.js';
import { numberOf } from '../../elements/proposals.js';

/** The lobby person the identity card shows now, or null. */
export function atTheDoor(desk) {
  const waiting = desk.meeting.inState('lobby', 'returning');
  const first = desk.steps.primary?.dialog === 'identity' ? desk.steps.primary.command?.data?.person : null;
  return waiting.find((row) => row.person === desk.ui.lobby) || waiting.find((row) => row.person === first) || waiting[0] || null;
}

/** True while identity is a panel of the page and not a dialog over it. */
export function identityOnStage(desk) {
  return ['convened', 'roll_call'].includes(desk.s.meeting.phase) && Boolean(atTheDoor(desk)) && desk.steps.primary?.dialog === 'identity';
}

/** How the identity is established: what the chair has chosen, else the first way the server offers for this person. */
export function methodFor(desk, row) {
  return row.identity_methods.includes(desk.ui.method) ? desk.ui.method : row.identity_methods[0];
}

/** What confirms the one at the door: the method chosen, and why without full picture and sound when that is asked. */
export function admission(desk, row) {
  return { person: row.person, method: methodFor(desk, row), override_reason: desk.ui.form.override_reason?.trim() || null };
}

/** The server's reason not to let the person in yet, or null; a reason the chair has written answers the one that asks for it. */
export function admissionBlocked(desk, row) {
  const found = admissionRefused(desk, row);
  return found?.code === ASKS_WHY && desk.ui.form.override_reason?.trim() ? null : found;
}

/** The refusal as the server gives it, whatever is written on the page. */
export function admissionRefused(desk, row) {
  const need = (desk.steps.needs || []).find((one) => one.person === row.person && one.kind === 'lobby');
  return need?.actions.find((action) => action.command?.name === 'confirm-identity')?.blocked || null;
}

/** The code of the refusal that a written reason answers. */
export const ASKS_WHY = 'remote-live-reason';

/** @param {import('../chair.js').Desk} desk */
export function primaryStep(desk) {
  const step = desk.steps.primary;
  if (!step) return null;
  if (identityOnStage(desk)) {
    const row = atTheDoor(desk);
    return { ...step, dialog: null, blocked: admissionBlocked(desk, row), label: words.chair.identity.confirm, sub: `${desk.meeting.label(row.person)} · ${words.chair.identity.methods[methodFor(desk, row)].toLowerCase()}`,
      command: { name: 'confirm-identity', data: admission(desk, row) } };
  }
  if (step.command?.name === 'find-carried') {
    const candidate = desk.ui.pick || step.command.data.candidate;
    return { ...step, label: foundLabel(desk, candidate, step), command: { name: 'find-carried', data: { ...step.command.data, candidate } } };
  }
  return step;
}

function foundLabel(desk, candidate, step) {
  if (candidate === step.command.data.candidate) return step.label;
  const { contests = [], current } = desk.s.deciding || {};
  const contest = contests.find((one) => one.id === current);
  const number = numberOf(desk.s.matter, candidate);
  if (number) return contest?.kind === 'counter' ? words.chair.findCounter(number) : words.chair.findNumber(number);
  return words.chair.findOther(contest?.candidates.find((one) => one.id === candidate)?.label || candidate);
}

// Acts that have a place of their own on the page (the floor card, the speakers' list, the right column) or are rare;
// the bar stays calm, and all of them stand under «Mer».
const ELSEWHERE = [
  'end-floor', 'extend-floor', 'add-speaker', 'record-conflict', 'record-oral-vote', 'record-abstention', 'refuse-proposal', 'strike-matter',
  'admonish', 'expel', 'dissolve-meeting', 'decide-publicity', 'reorder-substitutes',
  'start-webcast', 'stop-webcast', 'mark-for-redaction',
];

/** @param {{command: {name: string}|null, dialog: string|null}} step */
export const isElsewhere = (step) => ELSEWHERE.includes(step.command?.name) || ['handover', 'close'].includes(step.dialog);
