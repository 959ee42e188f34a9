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
  block: {
    title: 'Ta upp i block', lead: 'Ärendena klubbas tillsammans enligt sina förslag. Vem som helst kan få ett ärende utlyft.', which: 'Vilka ärenden?', act: (n) => `Ta upp ${n} i block`, needTwo: 'Välj minst två ärenden',
    h: 'Ärenden i block', readAloud: 'Läs upp', say: (n, body) => `Finner jag att ${body} beslutar enligt förslagen i dessa ${n} ärenden?`, ask: 'Fråga om någon vill lyfta ut ett ärende.',
    lift: 'Lyft ut', liftOf: (title) => `Lyft ut ${title}`, liftTitle: 'Lyft ut ett ärende', liftLead: 'Ärendet behandlas för sig efter blocket.', matter: 'Ärende', who: 'Vem begär det?', liftAct: 'Lyft ut', needPerson: 'Välj vem först',
    member: 'De här ärendena klubbas tillsammans enligt förslagen. Du kan få ett ärende utlyft, så behandlas det för sig.', stepAside: 'Delta inte', stepAsideOf: (title) => `Delta inte i beslutet om ${title}`, aside: (names) => `Deltar inte i beslutet: ${names}`, conflicts: (names) => `Jävig: ${names}`,
  },
  refusal: {
    title: 'Vägra lägga fram förslag', lead: 'Ett förslag som väcker ett nytt ärende får inte läggas fram. Ett förslag som skulle leda till ett olagligt beslut får du vägra att lägga fram; församlingen kan besluta att det ändå läggs fram.',
    which: 'Vilket förslag?', ground: 'Varför?', grounds: { new_matter: 'Väcker ett nytt ärende', unlawful: 'Skulle leda till ett olagligt beslut' }, reason: 'Skäl', reasonHint: 'Skrivs i protokollet.',
    act: 'Vägra lägga fram', needProposal: 'Välj förslag först', needGround: 'Välj varför först', needReason: 'Skriv skälet först', refused: 'Läggs inte fram', overrule: 'Läggs ändå fram', overruleOf: (title) => `${title} läggs ändå fram`,
    new_matter: 'Läggs inte fram: väcker ett nytt ärende.', unlawful: 'Läggs inte fram: skulle leda till ett olagligt beslut.',
  },
  reported: (one, when) => `${one.urgent ? 'Brådskande beslut' : 'Delegationsbeslut'}, ${one.decided_by}, ${when}: ${one.title}`,
};
