// English words of the interpreter's booth.
export const booth = {
  title: 'Interpreter\'s booth', opening: 'Fetching the meeting', signs: 'Sign language interpreter', into: (language) => `Interpretation into ${language}`,
  notSeated: 'You are not connected.', lost: 'Not connected. Trying again by itself.', lostOnAir: 'Not connected: nobody gets your interpretation. Trying again by itself.', noAnswer: 'The server does not answer. Trying again by itself.',
  deviceLost: { microphone: 'The microphone is gone. Plug it in again or choose another.', camera: 'The camera is gone. Plug it in again or choose another.' },
  notOpen: { convened: 'The meeting has not begun. Nobody gets your interpretation yet.', paused: 'The meeting is paused. Nobody gets your interpretation.', closed: 'The meeting is closed.' },
  onAir: 'You are on the air.', offAir: 'Connected, but not on the air.', following: (n) => (n === 0 ? 'Nobody has chosen your interpretation right now.' : n === 1 ? 'One has chosen your interpretation.' : `${n} have chosen your interpretation.`),
  shut: 'Closed doors: the meeting\'s picture and sound are not sent here. What you send reaches those who may take part.',
  ended: { key: ['The link is not valid', 'The link is not whole, or the key has been taken back. Ask the secretary for a new one.'], elsewhere: ['The link is used on another page', 'Another page or computer is connected with the same link. Only one can send at a time.'] },
  takeOver: 'Continue here instead', nobody: 'Nobody speaks right now', afterStart: 'The picture of the speaker comes when you have connected',
  choose: { microphone: 'Microphone', camera: 'Camera' }, start: { microphone: 'Turn on the microphone and connect', camera: 'Turn on the camera and connect' },
  denied: { microphone: 'The browser cannot use the microphone.', camera: 'The browser cannot use the camera.' },
  signHow: 'You are seen beside the speaker by those who have chosen sign language, and on the screen in the hall. Sit against a calm background with your hands in the picture.', speakHow: 'Use headphones, so that the meeting does not go into the microphone. Those who choose the language hear you, and the original low beneath.',
  level: 'Your microphone', air: 'On the air', airOn: 'Press to begin sending', airOff: 'Press to stop sending',
};
