// Half-written text kept in this browser per meeting and field until the server has acknowledged it.

const key = (meeting, field) => `klubban:${meeting}:${field}`;

/** The text kept for a field, or ''. */
export function kept(meeting, field) {
  try { return localStorage.getItem(key(meeting, field)) || ''; } catch { return ''; }
}

/** Keeps the text of a field; an empty text forgets it. A browser without storage keeps it only in the page. */
export function keep(meeting, field, text) {
  try {
    if (text) localStorage.setItem(key(meeting, field), text);
    else localStorage.removeItem(key(meeting, field));
  } catch { /* private mode: the field itself still holds the text */ }
}

/** Forgets the text of a field once it is acknowledged. */
export const forget = (meeting, field) => keep(meeting, field, '');
