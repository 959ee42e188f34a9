// Swedish words for deciding: abstaining, blocks, qualified majorities, proposals the chair refuses to put.
export const decision = {
  abstention: {
    title: 'Deltar inte i beslutet', who: 'Vem avstår?', act: 'Anteckna', needPerson: 'Välj vem först', needReason: 'Skriv varför först',
    lead: 'Den som avstår är närvarande men deltar inte i beslutet och kan inte reservera sig efteråt.',
    authority: 'Ärendet avser myndighetsutövning mot en enskild: den som deltar i handläggningen ska delta i beslutet. Låter du någon avstå skriver du varför.',
    reason: 'Varför?', reasonHint: 'Skrivs i protokollet.',
    now: 'Deltar inte', back: 'Deltar ändå', backOf: (name) => `${name} deltar ändå`,
    own: 'Delta inte i beslutet', ownBack: 'Delta i beslutet ändå', mine: 'Du deltar inte i beslutet och kan inte reservera dig mot det.',
  },
};
