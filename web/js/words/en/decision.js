// English words for deciding: abstaining, blocks, qualified majorities, proposals the chair refuses to put.
export const decision = {
  abstention: {
    title: 'Takes no part in the decision', who: 'Who abstains?', act: 'Record', needPerson: 'Choose who first', needReason: 'Write why first',
    lead: 'Whoever abstains is present but takes no part in the decision and cannot enter a reservation afterwards.',
    authority: 'Authority is exercised against an individual: whoever takes part in the handling shall take part in the decision. If you let somebody abstain you write why.',
    reason: 'Why?', reasonHint: 'Written in the minutes.',
    now: 'Takes no part', back: 'Takes part after all', backOf: (name) => `${name} takes part after all`,
    own: 'Take no part in the decision', ownBack: 'Take part in the decision after all', mine: 'You take no part in the decision and cannot enter a reservation against it.',
  },
};
