// Starts the one view that <body data-view> names, with the page's bootstrap, its wire and its meeting.
import { Wire } from './wire.js';
import { Meeting } from './meeting.js';
import { applyTheme } from './theme.js';

// A live view follows a meeting over the socket in the given role; the others only enhance a served page.
const VIEWS = {
  chair: { live: 'chair', load: () => import('./views/chair.js') },
  hall: { live: 'hall', load: () => import('./views/hall.js') },
  member: { live: 'member', load: () => import('./views/member.js') },
  secretary: { live: 'secretary', load: () => import('./views/secretary.js') },
  minutes: { live: null, load: () => import('./views/minutes.js') },
  booth: { live: null, load: () => import('./views/booth.js') },
  check: { live: null, load: () => import('./views/check.js') },
};

/** The JSON the server put in the page: {meeting, role, person, csrf, …}. */
export function bootstrap(root = document) {
  const text = root.getElementById('bootstrap')?.textContent.trim();
  const value = text ? JSON.parse(text) : {};
  return typeof value === 'string' ? JSON.parse(value) : value;
}

/** The socket's address on the page's own host; a handshake cannot carry headers, so the token of the login goes in the query. */
export function socketUrl(boot, role, at = location) {
  const scheme = at.protocol === 'https:' ? 'wss:' : 'ws:';
  const path = boot.ws || `/meetings/${encodeURIComponent(boot.meeting)}/ws?role=${role}`;
  return `${scheme}//${at.host}${path}&csrf=${encodeURIComponent(boot.csrf || '')}`;
}

// A refused handshake tells the page nothing, so after some failed attempts it asks in the ordinary way why.
const ASK_WHY = [2, 6, 12];

/** Ends the wire when the login or the role is gone; a server that does not answer is only waited for. */
async function askWhy(wire, boot, role) {
  try {
    const answer = await fetch(boot.urls?.view || `/meetings/${encodeURIComponent(boot.meeting)}/view?role=${role}`, { headers: { Accept: 'application/json' }, redirect: 'manual' });
    if (answer.status === 401 || answer.type === 'opaqueredirect') wire.stop('signed-out');
    else if (answer.status === 403) wire.stop('role');
  } catch { /* no network or no server: the wire keeps trying */ }
}

async function begin() {
  applyTheme();
  const view = VIEWS[document.body.dataset.view];
  if (!view) return;
  const boot = bootstrap();
  const start = (await view.load()).start;
  if (!view.live) { start({ boot }); return; }
  const wire = new Wire({ url: socketUrl(boot, view.live) });
  const meeting = new Meeting();
  meeting.follow(wire);
  start({ boot, wire, meeting });
  wire.on('state', ({ phase, attempt }) => { if (phase !== 'open' && ASK_WHY.includes(attempt)) askWhy(wire, boot, view.live); });
  wire.start();
}

begin();
