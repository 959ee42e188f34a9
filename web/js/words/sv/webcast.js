// Swedish words about the webcast, on every screen.
export const webcast = {
  on: 'Sänds på webben', onNow: 'Sammanträdet sänds på webben.', stop: 'Stoppa', details: 'Om webbsändningen',
  start: {
    title: 'Starta webbsändningen', again: 'Starta webbsändningen igen', say: 'Läs upp för alla som är med',
    lead: 'Organisationens kodare får bild och ljud från det ögonblick du startar, och tills du stoppar eller dörrarna stängs.',
    noText: 'Ingen informationstext är registrerad. Säg högt att sammanträdet sänds på webben. Att texten saknas antecknas.',
    gallery: 'Kamerorna är ställda så att åhörarna inte syns', kept: (last) => `Inspelningen gallras efter ${last}.`, notKept: 'Det är inte registrerat när inspelningen ska gallras.',
    act: 'Starta webbsändningen', anyway: 'Starta ändå', recorded: 'Det som saknas antecknas',
  },
  now: { title: 'Webbsändningen', never: 'Sammanträdet har inte sänts på webben.', mark: 'Markera för maskning', stop: 'Stoppa webbsändningen' },
  redaction: {
    title: 'Markera för maskning', lead: 'Inspelningen ligger hos organisationen. Här antecknas vad som ska maskas innan den sparas, vem som sade det och när.', off: 'Minuterna räknas bakåt från när sändningen stoppades.',
    which: 'Vilken tid gäller det?', last: (n) => (n === 1 ? 'Den senaste minuten' : `De senaste ${n} minuterna`), between: 'Från och till', from: 'Från', to: 'Till',
    reason: 'Varför?', reasonHint: 'Upprepa inte själva uppgiften. Syns bara för ordföranden och sekreteraren.', act: 'Anteckna', needWhich: 'Välj vilken tid det gäller först', needTimes: 'Skriv från och till först', needReason: 'Skriv varför först',
  },
  record: {
    h: 'Webbsändning', spans: 'Sänt på webben', marks: 'Ska maskas i inspelningen', noMarks: 'Inget är markerat för maskning.', viewers: 'Text till tittarna', present: 'Text till dem som är med', by: (name, time) => `${name}, ${time}`, download: 'Hämta som fil', keep: (last, days) => `Inspelningen bevaras till och med ${last} (${days} dagar).`, noKeep: 'Det är inte registrerat hur länge inspelningen bevaras.',
    grounds: { asked: 'stoppad', doors: 'stoppad av stängda dörrar', not_public: 'stoppad, inte offentligt', closed: 'sammanträdet avslutades' }, ongoing: 'pågår',
  },
};
