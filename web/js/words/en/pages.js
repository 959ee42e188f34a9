// English words of the minutes page.
export const pages = {
  minutes: {
    of: (body) => `${body}: minutes`, held: (day) => `Meeting of ${day}`, paragraphs: 'Sections', read: (n, of) => `${n} of ${of} read`, first: 'First page', attachments: 'Attachments', short: { first: 'Page 1', attachments: 'Attachments' }, pdf: 'Read as PDF', verifiedPdf: 'Download the verified minutes', secretary: 'To the secretary\'s view',
    state: { read: 'Read', unread: 'Not read', now: 'Being read', immediate: 'Verified immediately', remark: 'Remark' },
    yours: (n) => `Your review of § ${n}`, yoursPlain: 'Your review', remark: 'Remark', remarkHint: 'Goes to the secretary and the chair.', leave: 'Hand in the remark', left: 'The remark is handed in.', whyRemark: 'Write the remark first',
    approvers: 'Verifiers', you: 'you', approvedAt: (t) => `Approved ${t}`, waits: 'Has not approved',
    previous: 'Before', next: 'After', mark: (n) => `Read: § ${n}`, markFirst: 'Read: first page', markLast: 'Read: the attachments', then: (t) => `Then ${t}`, approve: 'Approve the minutes', approveSub: 'Holds for exactly this text', why: (n) => (n === 1 ? '1 part is not read' : `${n} parts are not read`),
    readNew: 'Read the new one', approveSection: (n) => `Approve § ${n}`, approveSectionSub: 'Immediate verification',
    done: 'You have approved the minutes.', verified: 'The minutes are verified', notYet: 'The minutes are not yet locked for verification.', sha: 'Checksum', loading: 'Fetching the minutes', failed: 'The minutes could not be fetched.', changed: 'The minutes have changed since you opened them.', reload: 'Read the new ones', retry: 'Try again', sending: 'Sending', home: 'To my meetings', nextStep: 'Next step', toParagraph: 'To the section',
  },
};
