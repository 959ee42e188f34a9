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
  block: {
    title: 'Take up in a block', lead: 'The matters are decided together as proposed. Anybody may have a matter lifted out.', which: 'Which matters?', act: (n) => `Take up ${n} in a block`, needTwo: 'Choose at least two matters',
    h: 'Matters in a block', readAloud: 'Read aloud', say: (n, body) => `Do I find that ${body} decides as proposed in these ${n} matters?`, ask: 'Ask whether anybody wants a matter lifted out.',
    lift: 'Lift out', liftOf: (title) => `Lift out ${title}`, liftTitle: 'Lift out a matter', liftLead: 'The matter is handled by itself after the block.', matter: 'Matter', who: 'Who asks for it?', liftAct: 'Lift out', needPerson: 'Choose who first',
    member: 'These matters are decided together as proposed. You may have a matter lifted out; it is then handled by itself.', stepAside: 'Take no part', stepAsideOf: (title) => `Take no part in the decision on ${title}`, aside: (names) => `Takes no part in the decision: ${names}`, conflicts: (names) => `Conflict of interest: ${names}`,
  },
  refusal: {
    title: 'Refuse to put a proposal', lead: 'A proposal that raises a new matter may not be put. One that would lead to an unlawful decision you may refuse to put; the body may decide that it is put all the same.',
    which: 'Which proposal?', ground: 'Why?', grounds: { new_matter: 'Raises a new matter', unlawful: 'Would lead to an unlawful decision' }, reason: 'Reason', reasonHint: 'Written in the minutes.',
    act: 'Refuse to put it', needProposal: 'Choose a proposal first', needGround: 'Choose why first', needReason: 'Write the reason first', refused: 'Not put', overrule: 'Put all the same', overruleOf: (title) => `${title} is put all the same`,
    new_matter: 'Not put: raises a new matter.', unlawful: 'Not put: would lead to an unlawful decision.',
  },
  reported: (one, when) => `${one.urgent ? 'Urgent decision' : 'Delegated decision'}, ${one.decided_by}, ${when}: ${one.title}`,
};
