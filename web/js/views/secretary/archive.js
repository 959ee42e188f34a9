// After verification: what the seal carries for those who check it later, and the package for the archive.
import { html, nothing } from './html.js';
import { icon } from '../../icons.js';
import { words, clock, day } from '../../text.js';

const KILO = 1024;

/** @param {import('../secretary.js').SecretaryDesk} desk */
export function archivePart(desk, m) {
  const w = words.secretary.archive;
  const { seal, archive } = m.page;
  const [last, ...earlier] = archive.made;
  const make = (label) => html`<button class="btn" @click=${() => m.makePackage()}>${icon('lock')}${m.busy === 'package' ? words.secretary.sending : label}</button>`;
  return html`<div class="kept"><h3>${w.seal}</h3>
    <ul class="facts">${fact('ok', 'shield', w.level(seal.level, seal.certificates))}
      ${seal.stamped_at ? fact('ok', 'clock', w.stamped(when(seal.stamped_at))) : fact('calm', 'clock', w.unstamped)}
      ${seal.revocation ? fact('ok', 'check', w.revocation(seal.revocation)) : fact(seal.revocation_named ? 'att' : 'calm', seal.revocation_named ? 'warning' : 'shield', seal.revocation_named ? w.noRevocation : w.noneNamed)}</ul>
    ${seal.shortfall ? html`<p class="note att">${icon('warning')}<span>${seal.shortfall}</span></p>` : nothing}</div>
    <div class="kept"><h3>${w.h}</h3><p class="meta">${w.what}</p>
    ${!last ? html`<p class="row lowgap2">${make(w.make)}</p>` : html`
      ${archive.current ? nothing : html`<p class="note att">${icon('warning')}<span>${w.stale}</span></p>`}
      <p class="row lowgap2">${archive.current ? html`<a class="btn" href=${`/meetings/${desk.boot.meeting}/archive.zip`}>${icon('download')}${w.fetch(size(last.size))}</a>` : make(w.again)}</p>
      ${archive.current ? about(w, last) : nothing}
      ${earlier.length || !archive.current ? html`<h4>${w.earlier}</h4>${(archive.current ? earlier : archive.made).map((one) => about(w, one))}` : nothing}`}</div>`;
}

function about(w, one) {
  return html`<p class="meta">${w.made(when(one.at), one.by)} · ${w.files(one.files)} · ${size(one.size)}<br>${w.sum} <span class="hash num long">${one.sha256}</span></p>`;
}

function fact(level, picture, text) { return html`<li class="state ${level}">${icon(picture)}<span>${text}</span></li>`; }

function when(at) { return `${day(at)} ${clock(at)}`; }

/** Bytes as kB or MB, one decimal from a megabyte. */
function size(bytes) {
  const kilo = Math.ceil(bytes / KILO);
  return kilo < KILO ? `${kilo} kB` : `${(kilo / KILO).toFixed(1).replace('.', document.documentElement.lang === 'en' ? '.' : ',')} MB`;
}
