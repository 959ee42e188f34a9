// Presence: one line per person, form before colour, and the same facts as a table. Drawn from the minutes, so it is what they will say.
import { html, nothing, svg } from '../../../vendor/lit/lit.js';

import { words, clock } from '../../text.js';
import { party } from '../../elements/people.js';

const WIDTH = 1200;

/** @param {import('../secretary.js').SecretaryDesk} desk */
export function presenceTab(desk) {
  const w = words.secretary.presence;
  const page = desk.minutes.page;
  const rows = (page?.minutes.attendance || []).filter((row) => row.spans?.length || !['other'].includes(row.group));
  const changed = rows.filter((row) => isChange(row));
  const shown = desk.ui.allRows ? rows : changed;
  return html`<main id="main" class="nv" tabindex="-1"><div class="nvhead"><div><h1>${w.h}</h1><p class="meta">${rows.length ? w.lead(changed.length, rows.length) : w.none}</p></div>
      <div class="row"><button class="btn small" aria-pressed=${!desk.ui.allRows} @click=${() => desk.set({ allRows: false })}>${w.changes(changed.length)}</button><button class="btn small" aria-pressed=${desk.ui.allRows} @click=${() => desk.set({ allRows: true })}>${w.all(rows.length)}</button>
        <a class="btn small" href="#roll">${w.register}</a></div></div>
    ${shown.length ? html`${timeline(desk, shown, rows)}${table(shown)}` : nothing}</main>`;
}

function isChange(row) {
  return row.group === 'absent' || row.group === 'viewer' || row.group === 'substitute' || row.interruptions?.length || row.disqualified_in?.length || row.spans?.length !== 1 || Boolean(row.spans?.[0]?.serves_for);
}

const ms = (iso) => Date.parse(iso);

/** The first and last instant of the axis: whole half hours around the meeting. */
function bounds(desk, rows) {
  const starts = rows.flatMap((row) => (row.spans || []).map((span) => ms(span.start))).filter(Number.isFinite);
  const half = 30 * 60000;
  const first = Math.min(...starts, desk.meeting.now());
  const now = desk.s.meeting.closed_at ? ms(desk.s.meeting.closed_at) : desk.meeting.now();
  const last = Math.max(now, first + half);
  const from = Math.floor(first / half) * half;
  const span = Math.max(2 * half, last - from);
  const step = Math.max(half, Math.ceil(span / 6 / half) * half);
  const to = from + Math.ceil(span / step) * step;
  const ticks = [];
  for (let at = from; at < to; at += step) ticks.push(at);
  return { from, to, now, ticks };
}

function timeline(desk, shown, rows) {
  const w = words.secretary.presence;
  const axis = bounds(desk, rows);
  const x = (at) => ((at - axis.from) / (axis.to - axis.from)) * WIDTH;
  const key = (form, shape) => html`<li><svg class="lk" viewBox="0 0 40 20" aria-hidden="true">${shape}</svg>${form}</li>`;
  return html`<section class="card" aria-labelledby="tlh"><h2 id="tlh" class="sr">${w.timeline}</h2>
    <ul class="tlegend">${key(w.room, svg`<rect class="sal" x="0" y="3" width="40" height="14"></rect>`)}${key(w.remote, svg`<rect class="dist" x="1.5" y="4" width="37" height="12"></rect>`)}${key(w.brokenShort, svg`<path class="brut" d="M2 3v14M38 3v14M2 10h36"></path>`)}${key(w.serving, svg`<path class="ers" d="M0 3h40v5H0zM0 12h40v5H0z"></path>`)}</ul>
    <div class="axis" aria-hidden="true"><span></span><p class="tickrow">${axis.ticks.map((at) => html`<span>${clock(at)}</span>`)}</p></div>
    <ol class="tls">${shown.map((row) => html`<li><p class="tn"><b>${row.name}</b> ${party(row)}<small>${row.note || row.duty || ''}</small></p>
      <svg class="tl" viewBox="0 0 ${WIDTH} 28" preserveAspectRatio="none" role="img" aria-label=${`${row.name}: ${facts(row).map(([time, what]) => `${time} ${what}`).join('; ')}`}>
        ${axis.ticks.slice(1).map((at) => svg`<path class="grid" d="M${x(at)} 0v28"></path>`)}<path class="nowl" d="M${x(axis.now)} 0v28"></path>
        ${(row.spans || []).map((span) => bar(span, x, axis.now))}${(row.interruptions || []).map((one) => lost(one, x, axis.now))}</svg></li>`)}</ol></section>`;
}

function bar(span, x, now) {
  const from = x(ms(span.start));
  const width = Math.max(3, x(span.end ? ms(span.end) : now) - from);
  if (span.serves_for) return svg`<path class="ers" d="M${from} 4h${width}v7h${-width}zM${from} 17h${width}v7h${-width}z"></path>`;
  return span.place === 'remote' ? svg`<rect class="dist" x=${from + 1.5} y="5.5" width=${Math.max(1, width - 3)} height="17"></rect>` : svg`<rect class="sal" x=${from} y="4" width=${width} height="20"></rect>`;
}

function lost(one, x, now) {
  const from = x(ms(one.lost_at));
  const to = Math.max(from + 4, x(one.confirmed_at ? ms(one.confirmed_at) : now));
  return svg`<rect class="gap" x=${from} y="2" width=${to - from} height="24"></rect><path class="brut" d="M${from} 4v20M${to} 4v20M${from} 14H${to}"></path>`;
}

/** The same facts in words, in order of time: [["18.53–19.41", "På distans"], …]. */
export function facts(row) {
  const w = words.secretary.presence;
  const out = (row.spans || []).map((span) => [ms(span.start), `${clock(span.start)}–${span.end ? clock(span.end) : ''}`, [span.place === 'remote' ? w.remote : w.room, span.serves_for_text || (span.serves_for ? row.note || w.serving : '')].filter(Boolean).join('. ')]);
  for (const one of row.interruptions || []) out.push([ms(one.lost_at), `${clock(one.lost_at)}–${one.confirmed_at ? clock(one.confirmed_at) : ''}`, one.text || w.broken]);
  if (row.disqualified_in?.length) out.push([Infinity, '', w.conflict(row.disqualified_in.map((n) => `§ ${n}`).join(', '))]);
  if (!out.length) out.push([0, w.whole, w.absentAll]);
  return out.sort((a, b) => a[0] - b[0]).map(([, time, what]) => [time, what]);
}

function table(shown) {
  const w = words.secretary.presence;
  return html`<section class="card" aria-labelledby="tbh"><h2 id="tbh">${w.table}</h2><div class="tw" tabindex="0" role="group" aria-labelledby="tbh"><table class="table"><thead><tr><th scope="col">${w.name}</th><th scope="col">${w.time}</th><th scope="col">${w.what}</th></tr></thead>
    <tbody>${shown.map((row) => facts(row).map(([time, what], i, all) => html`<tr>${i ? nothing : html`<th scope="row" rowspan=${all.length}>${row.name}${row.party ? ` (${row.party})` : ''}<small>${row.duty || ''}</small></th>`}<td class="num nowrap">${time}</td><td>${what}</td></tr>`))}</tbody></table></div></section>`;
}

