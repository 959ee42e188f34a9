// Swedish words of the interpreter's booth.
export const booth = {
  title: 'Tolkbås', opening: 'Hämtar mötet', signs: 'Teckenspråkstolk', into: (language) => `Tolkning till ${language}`,
  notSeated: 'Du är inte ansluten.', lost: 'Inte ansluten. Försöker igen av sig självt.', lostOnAir: 'Inte ansluten: ingen får din tolkning. Försöker igen av sig självt.', noAnswer: 'Servern svarar inte. Försöker igen av sig självt.',
  deviceLost: { microphone: 'Mikrofonen är borta. Sätt i den igen eller välj en annan.', camera: 'Kameran är borta. Sätt i den igen eller välj en annan.' },
  notOpen: { convened: 'Mötet har inte börjat. Ingen får din tolkning än.', paused: 'Mötet är ajournerat. Ingen får din tolkning.', closed: 'Mötet är avslutat.' },
  onAir: 'Du är på luften.', offAir: 'Ansluten, men inte på luften.', following: (n) => (n === 0 ? 'Ingen har valt din tolkning just nu.' : n === 1 ? 'En har valt din tolkning.' : `${n} har valt din tolkning.`),
  shut: 'Stängda dörrar: mötets bild och ljud skickas inte hit. Det du sänder når dem som får vara med.',
  ended: { key: ['Länken gäller inte', 'Länken är inte hel, eller så är nyckeln tillbakatagen. Be sekreteraren om en ny.'], elsewhere: ['Länken används på en annan sida', 'En annan sida eller dator är ansluten med samma länk. Bara en kan sända i taget.'] },
  takeOver: 'Fortsätt här i stället', nobody: 'Ingen talar just nu', afterStart: 'Bilden av talaren kommer när du har anslutit',
  choose: { microphone: 'Mikrofon', camera: 'Kamera' }, start: { microphone: 'Slå på mikrofonen och anslut', camera: 'Slå på kameran och anslut' },
  denied: { microphone: 'Webbläsaren kommer inte åt mikrofonen.', camera: 'Webbläsaren kommer inte åt kameran.' },
  signHow: 'Du syns bredvid talaren hos dem som har valt teckenspråk, och på skärmen i salen. Sitt mot en lugn bakgrund med händerna i bild.', speakHow: 'Använd hörlurar, så att mötets ljud inte går in i mikrofonen. De som väljer språket hör dig, och originalet svagt under.',
  level: 'Din mikrofon', air: 'På luften', airOn: 'Tryck för att börja sända', airOff: 'Tryck för att sluta sända',
};
