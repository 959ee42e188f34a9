// What is observed of somebody at a distance: in words to the chair, to the secretary and to the person.
export const seen = {
  title: 'Att se efter', one: (name) => `${name}:`,
  more: (n) => `Visa ${n} till`,
  look: 'Titta', confirm: (name) => `Jag ser ${name}`, confirmHint: 'Antecknas i mötets logg med klockslag.', confirmed: (time) => `Du såg personen i bild kl. ${time}`,
  lookLead: 'Be personen vinka eller svara. En bild som står still kan vara en frusen kamera eller någon som sitter stilla: det avgör du.',
  picture: {
    gone: 'Ingenting kommer fram', none: 'Ingen bild', off: 'Bilden är avstängd i sidan', dark: 'Bilden är mörk eller täckt', covered: 'Något täcker kameran', still: 'Bilden står still', unknown: 'Bilden är inte bedömd än', live: 'Rörlig bild',
  },
  sound: { none: 'Mikrofonen sänder inget', dead: 'Mikrofonen är tyst', silent: 'Mikrofonen är på', speaking: 'Talar', closed: 'Mikrofonen är inte på', unknown: 'Ljudet är inte bedömt' },
  advice: {
    gone: 'Vänta eller ajournera.', none: (name) => `Be ${name} slå på kameran.`, off: (name) => `Be ${name} slå på bilden.`, dark: (name) => `Be ${name} tända ljuset eller ta bort det som täcker kameran.`,
    covered: (name) => `Be ${name} ta bort det som täcker kameran.`, still: (name) => `Be ${name} vinka.`, sound: (name) => `Be ${name} slå på mikrofonen.`, page: (name) => `Fråga om ${name} ser och hör.`,
  },
  page: {
    'page-gone': 'Sidan är stängd eller utan nät', 'page-hidden': 'Mötets sida ligger bakom något annat', 'camera-muted': 'Kameran används av ett annat program', 'camera-ended': 'Kameran är urkopplad eller nekad', 'camera-off': 'Kameran är avstängd i sidan',
    'microphone-muted': 'Mikrofonen används av ett annat program', 'microphone-ended': 'Mikrofonen är urkopplad eller nekad', 'microphone-off': 'Mikrofonen är avstängd i sidan',
    'camera-unsent': 'Kameran är på men bilden når inte fram', 'microphone-unsent': 'Mikrofonen är på men ljudet når inte fram',
    'sound-muted': 'Har stängt av mötets ljud', 'sound-blocked': 'Mötets ljud spelas inte: webbläsaren väntar på ett tryck', 'sound-missing': 'Mötets ljud når inte fram', 'sound-empty': 'Mötets ljud hörs inte hos personen',
    'picture-missing': 'Mötets bild når inte fram', 'picture-frozen': 'Mötets bild visas inte hos personen',
  },
  lost: { closed: 'Sidan är stängd eller utan nät', open: 'Sidan är kvar, men inget når fram: datorn kan sova' },
  totals: { pictures: (n) => (n === 1 ? '1 bild att se efter' : `${n} bilder att se efter`), sound: (n) => (n === 1 ? '1 tyst mikrofon' : `${n} tysta mikrofoner`), page: (n) => (n === 1 ? '1 ser eller hör inte mötet' : `${n} ser eller hör inte mötet`) },
  mine: { none: 'Du syns inte', off: 'Din bild är avstängd', dark: 'Din bild är mörk', covered: 'Din kamera är täckt', still: 'Din bild står still', dead: 'Din mikrofon är tyst' },
};
