// English words about the webcast, on every screen.
export const webcast = {
  on: 'On the web', onNow: 'The meeting is webcast.', stop: 'Stop', details: 'About the webcast',
  start: {
    title: 'Start the webcast', again: 'Start the webcast again', say: 'Read out to everybody present',
    lead: 'The organisation\u2019s encoder gets picture and sound from the moment you start, until you stop or the doors are closed.',
    noText: 'No information text is registered. Say aloud that the meeting is webcast. That the text is missing is recorded.',
    gallery: 'The cameras are placed so that the gallery is not seen', kept: (last) => `The recording is deleted after ${last}.`, notKept: 'It is not registered when the recording is to be deleted.',
    act: 'Start the webcast', anyway: 'Start all the same', recorded: 'What is missing is recorded',
  },
  now: { title: 'The webcast', never: 'The meeting has not been webcast.', mark: 'Mark for redaction', stop: 'Stop the webcast' },
  redaction: {
    title: 'Mark for redaction', lead: 'The organisation has the recording. Recorded here is what is to be masked before it is kept, who said so and when.', off: 'The minutes are counted back from when the webcast was stopped.',
    which: 'Which time?', last: (n) => (n === 1 ? 'The last minute' : `The last ${n} minutes`), between: 'From and to', from: 'From', to: 'To',
    reason: 'Why?', reasonHint: 'Do not repeat what was said. Seen only by the chair and the secretary.', act: 'Record', needWhich: 'First choose which time', needTimes: 'First write from and to', needReason: 'First write why',
  },
  record: {
    h: 'Webcast', spans: 'On the web', marks: 'To be masked in the recording', noMarks: 'Nothing is marked for redaction.', viewers: 'Text to the viewers', present: 'Text to those present', by: (name, time) => `${name}, ${time}`, download: 'Download as a file', keep: (last, days) => `The recording is kept until ${last} (${days} days).`, noKeep: 'It is not registered how long the recording is kept.',
    grounds: { asked: 'stopped', doors: 'stopped by closed doors', not_public: 'stopped, not public', closed: 'the meeting ended' }, ongoing: 'going on',
  },
};
