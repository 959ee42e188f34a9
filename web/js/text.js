// The words of the page's language and the Swedish ways to write times and numbers.
const lang = globalThis.document?.documentElement.lang || 'sv';

/** Every sentence of the client, in the language of the page; the other language, as large again, is not fetched. */
export const words = lang.startsWith('en') ? (await import('./en.js')).en : (await import('./sv.js')).sv;

/** «19.42» of an ISO time or ms. */
export function clock(at) { return parts(at, { hour: '2-digit', minute: '2-digit' }).replace(':', '.'); }

/** «19.42.05» of an ISO time or ms. */
export function clockSeconds(at) { return parts(at, { hour: '2-digit', minute: '2-digit', second: '2-digit' }).replaceAll(':', '.'); }

/** «tis 24 november 2026» of an ISO time. */
export function day(at, weekday = 'short') { return at ? new Intl.DateTimeFormat(lang, { weekday, day: 'numeric', month: 'long', year: 'numeric', timeZone: 'Europe/Stockholm' }).format(new Date(at)).replace(',', '') : ''; }

/** The instant of a day and a time in Sweden, whatever clock the computer has; an invalid Date of anything else. */
export function instant(on, at) {
  const asUtc = Date.parse(`${on}T${at}Z`);
  if (Number.isNaN(asUtc)) return new Date(NaN);
  const swedish = new Date(asUtc).toLocaleString('sv-SE', { timeZone: 'Europe/Stockholm' });
  return new Date(2 * asUtc - Date.parse(`${swedish.replace(' ', 'T')}Z`));
}

/** «2.14» of seconds; over an hour «1.02.14». */
export function minutes(seconds) {
  const s = Math.max(0, Math.floor(seconds));
  const tail = String(s % 60).padStart(2, '0');
  return s < 3600 ? `${Math.floor(s / 60)}.${tail}` : `${Math.floor(s / 3600)}.${String(Math.floor(s / 60) % 60).padStart(2, '0')}.${tail}`;
}

/** «1 min 12 s», for how long something has been so; coarse «1 min». */
export function duration(seconds, coarse = false) {
  const s = Math.max(0, Math.floor(seconds));
  if (s < 60) return `${s} s`;
  if (s < 3600) return coarse ? `${Math.floor(s / 60)} min` : `${Math.floor(s / 60)} min ${s % 60} s`;
  return `${Math.floor(s / 3600)} h ${Math.floor(s / 60) % 60} min`;
}

/** A label as it stands inside a sentence. */
export function lower(text) { return text.charAt(0).toLowerCase() + text.slice(1); }

/** «5 kap. 20 § kommunallagen» of the citation «KL 5:20»; other citations as they are. */
export function cited(cites) {
  const law = /^KL (\d+):(\d+ ?[a-z]?)$/.exec(cites || '');
  return law ? words.shared.paragraph(law[1], law[2]) : cites || '';
}

function parts(at, options) {
  return at ? new Intl.DateTimeFormat('sv', { ...options, timeZone: 'Europe/Stockholm' }).format(new Date(at)) : '';
}
