// The minutes: left what happens, right what it says. A difference is marked, never overwritten; what is missing is named.
import { html, nothing, unsafe } from './html.js';
import { icon } from '../../icons.js';
import { words, clock, clockSeconds } from '../../text.js';
import { notice } from '../../elements/notice.js';
import { archivePart } from './archive.js';

/** @param {import('../secretary.js').SecretaryDesk} desk */
export function minutesTab(desk) {
  const w = words.secretary.minutes;
  const m = desk.minutes;
  const log = [...(desk.s.log || [])].reverse();
  return html`<main id="main" class="split2" tabindex="-1"><section class="happens" aria-labelledby="hn" tabindex="0"><h2 id="hn">${w.happens}</h2>
      ${log.length ? html`<ol class="log" aria-live="off">${log.map((line) => html`<li class=${line.strong ? 'k' : ''}><time class="num">${clock(line.at)}</time><span>${line.text}</span></li>`)}</ol>` : html`<p class="meta">${w.nothing}</p>`}</section>
    <section class="draft" aria-labelledby="pu" tabindex="0">${m.page ? draft(desk, m) : m.failed ? html`<p class="note bad">${icon('warning')}<span>${w.failed} ${m.failed.because}</span></p><p class="row lowgap2"><button class="btn" @click=${() => m.fetch()}>${w.retry}</button></p><h1 id="pu" class="sr">${w.h}</h1>` : html`<h1 id="pu">${w.h}</h1><div class="skel" aria-hidden="true"><i></i><i></i><i></i></div>`}</section></main>`;
}

function draft(desk, m) {
  const w = words.secretary.minutes;
  const p = m.paragraph;
  const closed = m.page.status !== 'draft';
  return html`<div class="dhead"><h1 id="pu" tabindex="-1">${w.h} <span class="meta">${m.page.status_text}${p?.at ? ` · ${w.saved(clockSeconds(p.at))}` : ''}</span></h1>
      <div class="row">${m.editing ? nothing : html`${p && m.mayEdit(p) ? html`<button class="btn small" id="edb" @click=${() => m.edit()}>${icon('pen')}${p.number ? w.edit(p.number) : w.editPlain} <kbd aria-hidden="true">R</kbd></button>` : nothing}`}
        <a class="btn small" href=${`/meetings/${desk.boot.meeting}/minutes`}>${icon('paper')}${w.read}</a></div></div>
    ${m.refusal && !m.editing ? html`<div class="wide56">${refusal(m)}</div>` : nothing}
    ${closed && !m.editing ? finish(desk, m) : nothing}
    ${p ? html`${turner(m, p)}${m.editing === p.matter ? editor(m, p) : paragraph(desk, m, p)}` : html`<p class="wide56">${w.none}</p>`}`;
}

const refusal = (m) => notice(m.refusal, () => { m.refusal = null; m.changed(); });

function turner(m, p) {
  const w = words.secretary.minutes;
  const at = m.paragraphs.indexOf(p);
  return html`<div class="turner wide56"><button class="btn small" aria-disabled=${at <= 0 || m.editing ? 'true' : nothing} @click=${() => m.turn(-1)}>${w.previous} <kbd aria-hidden="true">←</kbd></button>
    <select class="input" aria-label=${w.choose} ?disabled=${Boolean(m.editing)} @change=${(e) => m.show(e.target.value)}>${m.paragraphs.map((one) => html`<option value=${one.matter} ?selected=${one === p}>${one.number ? `${words.shared.section(one.number)} ` : ''}${one.title}${one.differences?.length ? ' ✱' : ''}</option>`)}</select>
    <button class="btn small" aria-disabled=${at >= m.paragraphs.length - 1 || m.editing ? 'true' : nothing} @click=${() => m.turn(1)}>${w.next} <kbd aria-hidden="true">→</kbd></button></div>`;
}

function paragraph(desk, m, p) {
  const w = words.secretary.minutes;
  const may = m.mayEdit(p);
  const unsaved = may && m.draft(p.matter);
  return html`${unsaved ? html`<p class="note att wide56">${icon('pen')}<span class="grow">${w.unsaved}</span><button class="btn small" @click=${() => m.edit()}>${w.editPlain}</button></p>` : nothing}
    ${(may && p.differences || []).filter((d) => !m.ignores(p, d.section)).map((d) => difference(m, p, d))}
    <div class="mfrag">${unsafe(p.html)}</div>
    ${p.immediate ? html`<div class="note ${p.verified_immediately ? 'ok' : 'info'} wide56">${icon('shield')}<span class="grow">${p.verified_immediately ? w.immediate : w.immediateWait}</span>${p.prepared || p.verified_immediately ? html`<a class="btn small" href=${`/meetings/${desk.boot.meeting}/minutes/paragraphs/${encodeURIComponent(p.matter)}.pdf`}>${icon('download')}${w.immediatePdf}</a>` : nothing}
      ${p.verified_immediately ? nothing : html`<button class="btn small" @click=${() => m.prepare(p.matter)}>${m.busy === 'prepare' ? words.secretary.sending : p.prepared ? w.prepareAgain : w.immediatePrepare}</button>`}
      ${p.approvers?.length && !p.verified_immediately ? approvers(p.approvers) : nothing}</div>` : nothing}
    <section class="compl" aria-labelledby="co"><h3 id="co">${w.by67}</h3><ul class="facts two">${(p.content || []).filter((c) => c.state !== 'none').map((c) => html`<li class="state ${c.state === 'ok' ? 'ok' : c.state === 'missing' ? 'att' : 'calm'}">${icon(c.state === 'ok' ? 'check' : c.state === 'missing' ? 'warning' : 'clock')}<span>${c.label}${c.state === 'missing' && c.text ? html`<small class="meta">${c.text}</small>` : nothing}</span></li>`)}</ul></section>`;
}

/** What the log says struck, what the secretary wrote underlined, and the question which one stays. */
function difference(m, p, d) {
  const w = words.secretary.minutes;
  return html`<div class="need wide56"><span class="state att">${icon('warning')}${d.note || w.differs}</span><p><b>${d.heading}.</b> <span class="diff">${(d.segments || []).map((s) => (s.op === 'del' ? html`<del>${s.text}</del> ` : s.op === 'ins' ? html`<ins>${s.text}</ins> ` : html`${s.text} `))}</span></p>
    <div class="row"><button class="btn small main" @click=${() => m.restore(p, d.section)}>${m.busy === 'restore' ? words.secretary.sending : w.use}</button><button class="btn small" @click=${() => m.ignore(p, d.section)}>${w.keep}</button></div></div>`;
}

function editor(m, p) {
  const w = words.secretary.minutes;
  return html`<form class="card editor wide56" @submit=${(e) => { e.preventDefault(); m.save(); }} @keydown=${(e) => { if (e.key === 'Escape' && !e.isComposing) { e.preventDefault(); m.leave(); } }}>${m.stale ? html`<p class="note att">${icon('warning')}<span>${m.stale === 'saved' ? w.stale : w.moved}</span></p><div class="mfrag inset" tabindex="0" role="group" aria-label=${p.title}>${unsafe(p.html)}</div>` : nothing}
    <div class="field"><label for="ed">${p.number ? w.editing(p.number) : w.editPlain}</label><span class="hint" id="edh">${w.editHint}</span><textarea class="input mono" id="ed" rows="18" spellcheck="true" lang="sv" aria-describedby="edh" .value=${m.text} @input=${(e) => m.write(e.target.value)}></textarea></div>
    ${m.refusal ? html`<div class="lowgap2">${refusal(m)}</div>` : nothing}
    <div class="row"><button class="btn main">${m.busy === 'save' ? words.secretary.sending : m.stale ? w.saveAgain : w.save}</button><button type="button" class="btn" @click=${() => m.cancel()}>${w.cancel}</button></div></form>`;
}

/** After the meeting: what is missing, lock, who has approved, export. */
function finish(desk, m) {
  const w = words.secretary.minutes;
  const page = m.page;
  const base = `/meetings/${desk.boot.meeting}/minutes`;
  const prepared = page.prepared;
  return html`<section class="card finish wide56" aria-labelledby="fi"><h2 id="fi">${w.finish} ${page.due_text ? html`<span class="state ${page.due_state === 'late' ? 'bad' : page.due_state === 'soon' ? 'att' : 'calm'}">${icon('clock')}${page.due_text}</span>` : nothing}</h2>
    ${page.missing?.length ? html`<div class="need"><span class="state att">${icon('warning')}${w.missing(page.missing.length)}</span><ul>${page.missing.map((one) => html`<li>${one.matter ? html`<button class="btn small quiet" @click=${() => m.show(one.matter)}>${one.text}</button>` : one.text}</li>`)}</ul></div>` : html`<p class="state ok">${icon('check')}${w.complete}</p>`}
    ${prepared ? html`<p class="meta">${w.prepared(clockSeconds(prepared.at))} · ${w.sha} <span class="hash num">${prepared.sha_short}</span></p>
      ${prepared.changed && page.status !== 'verified' ? html`<p class="note att">${icon('warning')}<span>${w.changedSince}</span></p>` : nothing}${approvers(page.approvers || [])}` : nothing}
    ${page.remarks?.length ? html`<h3>${w.remarks}</h3>${page.remarks.map((r) => html`<div class="need calm2"><span class="state att">${icon('pen')}${r.name}${r.paragraph ? `, § ${r.paragraph}` : ''}</span><p>${r.text}</p></div>`)}` : nothing}
    <div class="row lowgap2">${page.status === 'verified' ? html`<a class="btn main" href=${`${base}/justerat.pdf`}>${icon('download')}${w.exportPdf}</a>` : html`<button class="btn ${prepared && !prepared.changed ? '' : 'main'}" aria-disabled=${page.missing?.length ? 'true' : nothing} @click=${() => !page.missing?.length && m.prepare()}>${icon('lock')}${m.busy === 'prepare' ? words.secretary.sending : prepared ? w.prepareAgain : w.prepare}</button>`}
      <a class="btn" href=${`${base}/draft.pdf`}>${icon('paper')}${w.draftPdf}</a></div>
    ${page.status === 'verified' ? html`<p class="state ok">${icon('check')}${w.verified}</p>${page.archive ? archivePart(desk, m) : nothing}` : html`<p class="meta">${prepared ? w.prepareAgainSub : w.prepareSub}</p>`}</section>`;
}

function approvers(list) {
  const w = words.secretary.minutes;
  return html`<ul class="list just">${list.map((a) => html`<li><b>${a.name}</b>, ${a.role_text}<small class="state ${a.approved_at ? 'ok' : 'calm'}">${icon(a.approved_at ? 'check' : 'clock')}${a.approved_at ? w.approved(clock(a.approved_at)) : w.waits}</small></li>`)}</ul>`;
}
