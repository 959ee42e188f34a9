// The table of dialogs the console can open; each is a function of the desk and what was asked.
import { identityDialog, rejectDialog, droppedDialog, callSubstituteDialog } from './dialogs_people.js';
import { statementDialog, proposeDialog, demandDialog, conflictDialog, reservationDialog, addSpeakerDialog, minorityDialog, reorderDialog } from './dialogs_matter.js';
import { objectionDialog, oralVotesDialog, myVoteDialog, voidDialog, castingDialog } from './dialogs_division.js';
import { ballotDemandDialog, countSlipsDialog, findElectedDialog, myBallotDialog, nominateDialog, openBallotDialog, sayNumbersDialog, voidBallotDialog } from './dialogs_election.js';
import { countGroupsDialog, deferElectionDialog, proportionalDemandDialog, proportionalWithdrawDialog, returningOfficerDialog, serviceOrderDialog } from './dialogs_proportional.js';
import { closeDialog, handoverDialog, verifiersDialog, pauseDayDialog, pauseDialog } from './dialogs_sitting.js';
import { unanimityDialog, addMatterDialog, strikeMatterDialog, takeBackMatterDialog, matterFactsDialog, disputeDialog, conflictTestDialog } from './dialogs_order.js';
import { abstentionDialog, blockDialog, liftDialog, refuseProposalDialog } from './dialogs_decision.js';
import { substituteOrderDialog } from './dialogs_turn.js';
import { closeDoorsDialog, publicityDialog } from './dialogs_doors.js';
import { admonishDialog, dissolveDialog, expelDialog } from './dialogs_discipline.js';
import { redactionDialog, webcastDialog } from './dialogs_webcast.js';
import { helpDialog, moreDialog } from './dialog_help.js';
import { presenceDialog } from './dialog_presence.js';
import { lookDialog } from './look.js';
import { wallDialog } from './dialog_wall.js';
import { confirmDialog } from './dialog_confirm.js';

const DIALOGS = {
  identity: identityDialog, reject: rejectDialog, dropped: droppedDialog, 'call-substitute': callSubstituteDialog,
  propose: proposeDialog, 'division-demand': demandDialog, conflict: conflictDialog, reservation: reservationDialog,
  'add-speaker': addSpeakerDialog, minority: minorityDialog, reorder: reorderDialog,
  objection: objectionDialog, 'oral-votes': oralVotesDialog, 'my-vote': myVoteDialog, void: voidDialog, casting: castingDialog,
  nominate: nominateDialog, 'find-elected': findElectedDialog, 'ballot-demand': ballotDemandDialog, 'proportional-demand': proportionalDemandDialog, 'proportional-withdraw': proportionalWithdrawDialog, 'returning-officer': returningOfficerDialog, 'service-order': serviceOrderDialog, 'defer-election': deferElectionDialog, 'open-ballot': openBallotDialog,
  'my-ballot': myBallotDialog, 'count-slips': countSlipsDialog, 'count-groups': countGroupsDialog, 'void-ballot': voidBallotDialog, 'say-numbers': sayNumbersDialog,
  close: closeDialog, handover: handoverDialog, verifiers: verifiersDialog, pause: pauseDialog, 'pause-day': pauseDayDialog,
  unanimity: unanimityDialog, 'add-matter': addMatterDialog, 'strike-matter': strikeMatterDialog, 'take-back-matter': takeBackMatterDialog, 'matter-facts': matterFactsDialog, 'close-doors': closeDoorsDialog, dispute: disputeDialog, 'conflict-test': conflictTestDialog,
  abstention: abstentionDialog, block: blockDialog, lift: liftDialog, 'refuse-proposal': refuseProposalDialog,
  'substitute-order': substituteOrderDialog, publicity: publicityDialog, admonish: admonishDialog, expel: expelDialog, dissolve: dissolveDialog,
  statement: statementDialog, webcast: webcastDialog, redaction: redactionDialog,
  help: helpDialog, more: moreDialog, presence: presenceDialog, look: lookDialog, wall: wallDialog, confirm: confirmDialog,
};

/** @param {import('../chair.js').Desk} desk @param {{name: string, person?: string, step?: object}} asked */
export function dialog(desk, asked) {
  return (DIALOGS[asked.name] || helpDialog)(desk, asked);
}

/** Names of every dialog, for the test that compares them with what the server may name. */
export const dialogNames = Object.keys(DIALOGS);
