// Swedish words of the minutes page.
export const pages = {
  minutes: {
    of: (body) => `${body}: protokoll`, held: (day) => `Sammanträde ${day}`, paragraphs: 'Paragrafer', read: (n, of) => `${n} av ${of} lästa`, first: 'Första sidan', attachments: 'Bilagor', short: { first: 'Sida 1', attachments: 'Bilagor' }, pdf: 'Läs som PDF', verifiedPdf: 'Hämta justerat protokoll', secretary: 'Till sekreterarens vy',
    state: { read: 'Läst', unread: 'Ej läst', now: 'Läses nu', immediate: 'Justerad omedelbart', remark: 'Anmärkning' },
    yours: (n) => `Din granskning av § ${n}`, yoursPlain: 'Din granskning', remark: 'Anmärkning', remarkHint: 'Går till sekreteraren och ordföranden.', leave: 'Lämna anmärkning', left: 'Anmärkningen är lämnad.', whyRemark: 'Skriv anmärkningen först',
    approvers: 'Justerare', you: 'du', approvedAt: (t) => `Godkänt ${t}`, waits: 'Har inte godkänt',
    previous: 'Föregående', next: 'Nästa', mark: (n) => `Läst: § ${n}`, markFirst: 'Läst: första sidan', markLast: 'Läst: bilagorna', then: (t) => `Sedan ${t}`, approve: 'Godkänn protokollet', approveSub: 'Gäller just den här texten', why: (n) => (n === 1 ? '1 del är inte läst' : `${n} delar är inte lästa`),
    readNew: 'Läs det nya', approveSection: (n) => `Godkänn § ${n}`, approveSectionSub: 'Omedelbar justering',
    done: 'Du har godkänt protokollet.', verified: 'Protokollet är justerat', notYet: 'Protokollet är inte låst för justering än.', sha: 'Kontrollsumma', loading: 'Hämtar protokollet', failed: 'Protokollet gick inte att hämta.', changed: 'Protokollet har ändrats sedan du öppnade det.', reload: 'Läs det nya', retry: 'Försök igen', sending: 'Skickar', home: 'Till mina möten', nextStep: 'Nästa steg', toParagraph: 'Till paragrafen',
  },
};
