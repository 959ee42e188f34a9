// What is observed of somebody at a distance: in words to the chair, to the secretary and to the person.
export const seen = {
  title: 'To look at', one: (name) => `${name}:`,
  more: (n) => `Show ${n} more`,
  look: 'Look', confirm: (name) => `I see ${name}`, confirmHint: 'Recorded in the log of the meeting with the time.', confirmed: (time) => `You saw the person at ${time}`,
  lookLead: 'Ask the person to wave or to answer. A picture that stands still may be a frozen camera or somebody who sits still: you judge.',
  picture: {
    gone: 'Nothing arrives', none: 'No picture', off: 'The picture is switched off in the page', dark: 'The picture is dark or covered', covered: 'Something covers the camera', still: 'The picture stands still', unknown: 'The picture is not judged yet', live: 'Moving picture',
  },
  sound: { none: 'The microphone sends nothing', dead: 'The microphone is silent', silent: 'The microphone is on', speaking: 'Speaks', closed: 'The microphone is not on', unknown: 'The sound is not judged' },
  advice: {
    gone: 'Wait or pause.', none: (name) => `Ask ${name} to switch on the camera.`, off: (name) => `Ask ${name} to switch on the picture.`, dark: (name) => `Ask ${name} to turn on a light or uncover the camera.`,
    covered: (name) => `Ask ${name} to uncover the camera.`, still: (name) => `Ask ${name} to wave.`, sound: (name) => `Ask ${name} to switch on the microphone.`, page: (name) => `Ask whether ${name} sees and hears.`,
  },
  page: {
    'page-gone': 'The page is closed or without a net', 'page-hidden': 'The page of the meeting is behind something else', 'camera-muted': 'Another program uses the camera', 'camera-ended': 'The camera is unplugged or forbidden', 'camera-off': 'The camera is switched off in the page',
    'microphone-muted': 'Another program uses the microphone', 'microphone-ended': 'The microphone is unplugged or forbidden', 'microphone-off': 'The microphone is switched off in the page',
    'camera-unsent': 'The camera is on but its picture does not arrive', 'microphone-unsent': 'The microphone is on but its sound does not arrive',
    'sound-muted': 'Has muted the meeting', 'sound-blocked': 'The meeting is not heard: the browser waits for a press', 'sound-missing': 'The sound of the meeting does not arrive', 'sound-empty': 'The meeting is not heard at the person’s end',
    'picture-missing': 'The picture of the meeting does not arrive', 'picture-frozen': 'The picture of the meeting is not shown at the person’s end',
  },
  lost: { closed: 'The page is closed or without a net', open: 'The page is there but nothing arrives: the computer may sleep' },
  totals: { pictures: (n) => (n === 1 ? '1 picture to look at' : `${n} pictures to look at`), sound: (n) => (n === 1 ? '1 silent microphone' : `${n} silent microphones`), page: (n) => (n === 1 ? '1 does not see or hear the meeting' : `${n} do not see or hear the meeting`) },
  mine: { none: 'You are not seen', off: 'Your picture is switched off', dark: 'Your picture is dark', covered: 'Your camera is covered', still: 'Your picture stands still', dead: 'Your microphone is silent' },
};
