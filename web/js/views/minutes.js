// Reading and approving the minutes: one section at a time, a remark beside it, approval when every part has been read.
import { html, nothing, render } from '../../vendor/lit/lit.js';
import { icon } from '../icons.js';
import { words, clock, day } from '../text.js';
import { forget, keep, kept } from '../drafts.js';
import { notice } from '../elements/notice.js';
import { MinutesRefused, ask } from './secretary/minutes_desk.js';
import { unsafe } from './secretary/html.js';

class MinutesPage {
  constructor({ boot, root }) {
    Object.assign(this, { boot, root, page: null, at: 0, busy: null, notice: null, said: '', failed: null });
    window.addEventListener('keydown', (event) => this.#key(event));
    this.fetch();
  }

  async fetch() {
    try {
      this.page = await ask(this.boot, 'GET', 'minutes.json');
      this.failed = null;
      const alone = this.parts.findIndex((part) => part.may_approve);
      const open = alone >= 0 ? alone : this.me.may_approve ? this.parts.findIndex((part) => !this.isRead(part)) : 0;
      this.at = Math.max(0, open);
    } catch (refused) { this.failed = refused; }
    this.draw();
  }

  get me() { return this.page.me || {}; }

  get sha() { return this.page.prepared?.sha256 || null; }

  /** The parts one reads through: the first page, each section, the attachments. */
  get parts() {
    const w = words.pages.minutes;
    return [{ id: 'first', title: w.first, html: this.page.head_html }, ...this.page.paragraphs.map((p) => ({ ...p, id: p.matter })), ...(this.page.attachments_html ? [{ id: 'attachments', title: w.attachments, html: this.page.attachments_html }] : [])];
  }

  get part() { return this.parts[this.at] || this.parts[0]; }

  /** What has been read is remembered in this browser, bound to exactly these bytes. */
  isRead(part) { return kept(this.boot.meeting, `read:${this.sha}:${part.id}`) === '1'; }

  get unread() { return this.parts.filter((part) => !this.isRead(part)).length; }

  go(step) { const to = this.at + step; if (this.parts[to]) { this.at = to; this.notice = null; this.draw(); this.#focus(); } }

  show(index) { this.at = index; this.notice = null; this.draw(); this.#focus(); }

  markRead() {
    keep(this.boot.meeting, `read:${this.sha}:${this.part.id}`, '1');
    const later = this.parts.findIndex((part, i) => i > this.at && !this.isRead(part));
    const any = this.parts.findIndex((part) => !this.isRead(part));
    this.at = later >= 0 ? later : any >= 0 ? any : this.at;
    this.draw();
    this.#focus();
  }

  /** The minutes have been locked anew since they were opened here: what is to be approved is read from its beginning. */
  async readNew() { this.notice = null; await this.fetch(); this.#focus(); }

  approve() { return this.#do('approve', () => ask(this.boot, 'POST', 'minutes/approve', { sha256: this.sha, paragraph: null }), words.pages.minutes.done); }

  approveSection(sha256, matter) { return this.#do('approve-section', () => ask(this.boot, 'POST', 'minutes/approve', { sha256, paragraph: matter }), words.pages.minutes.done); }

  leave() {
    const field = `remark:${this.part.id}`;
    const text = kept(this.boot.meeting, field).trim();
    if (!text) { this.notice = { because: words.pages.minutes.whyRemark, cites: '' }; this.draw(); return null; }
    return this.#do('remark', async () => { await ask(this.boot, 'POST', 'minutes/remark', { sha256: this.sha, paragraph: this.part.number ?? null, text }); forget(this.boot.meeting, field); }, words.pages.minutes.left);
  }

  async #do(name, act, said) {
    if (this.busy) return;
    Object.assign(this, { busy: name, notice: null });
    this.draw();
    const at = this.at;
    try {
      await act();
      this.said = said;
      await this.fetch();
      this.at = Math.min(at, this.parts.length - 1);
    } catch (refused) {
      if (!(refused instanceof MinutesRefused)) throw refused;
      this.notice = { because: refused.because, cites: refused.cites, changed: refused.code === 'minutes-changed' };
      this.said = refused.because;
    }
    this.busy = null;
    this.draw();
  }

  #key(event) {
    if (!this.page || event.ctrlKey || event.metaKey || event.altKey || event.target.closest?.('input, textarea, select')) return;
    const act = { ArrowLeft: () => this.go(-1), ArrowRight: () => this.go(1), g: () => this.root.querySelector('.primary')?.click(), m: () => this.root.querySelector('#an')?.focus() }[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (act && (event.key.length > 1 || kept('page', 'letters') !== 'off')) { event.preventDefault(); act(); }
  }

  #focus() { requestAnimationFrame(() => this.root.querySelector('#par')?.focus({ preventScroll: false })); }

  draw() { render(this.page ? this.#whole() : this.#opening(), this.root); }

  #opening() {
    const w = words.pages.minutes;
    if (this.failed) return html`<main class="page home narrow" id="main"><section class="card sta"><h1>${w.failed}</h1><p>${this.failed.because}</p><p class="row"><button class="btn main" @click=${() => this.fetch()}>${w.retry}</button><a class="btn" href="/meetings">${w.home}</a></p></section></main>`;
    return html`<main class="page opening" aria-busy="true" id="main"><h1>${w.loading}</h1><div class="skel" aria-hidden="true"><i></i><i></i><i></i></div></main>`;
  }

  #whole() {
    const w = words.pages.minutes;
    const { page } = this;
    const base = `/meetings/${this.boot.meeting}/minutes`;
    return html`<div class="console minu"><a class="skip" href="#par">${w.toParagraph}</a>
      <header class="top"><a class="brand" href="/meetings"><img src="/static/img/mark.svg" alt=""><span class="sr">${words.shared.product}</span></a><div class="where"><b>${w.of(page.minutes.body)}</b><span>${w.held(page.minutes.date_text || day(page.minutes.date))}</span></div>
        <div class="push row"><span class="state ${page.status === 'verified' ? 'ok' : page.due_state === 'late' ? 'bad' : page.due_state === 'soon' ? 'att' : 'calm'}">${icon(page.status === 'verified' ? 'check' : 'clock')}${page.status === 'verified' ? w.verified : page.due_text || page.status_text}</span>
          ${this.me.secretary ? html`<a class="btn small" href=${`/meetings/${this.boot.meeting}/secretary#minutes`}>${w.secretary}</a>` : nothing}
          <a class="btn small" href=${page.status === 'verified' ? `${base}/justerat.pdf` : `${base}/draft.pdf`}>${icon('paper')}${page.status === 'verified' ? w.verifiedPdf : w.pdf}</a></div></header>
      <div class="mcols"><nav class="mnav" aria-label=${w.paragraphs}><h2>${w.paragraphs} ${this.me.may_approve ? html`<span class="meta">${w.read(this.parts.length - this.unread, this.parts.length)}</span>` : nothing}</h2><ol>${this.parts.map((part, i) => this.#entry(part, i))}</ol></nav>
        <main id="par" tabindex="-1">${this.part.immediate ? html`<p class="note ${this.part.verified_immediately ? 'ok' : 'info'} wide56 om">${icon('shield')}<span>${words.secretary.minutes[this.part.verified_immediately ? 'immediate' : 'immediateWait']}</span></p>` : nothing}<div class="mfrag">${unsafe(this.part.html)}</div></main>
        <aside class="mside" aria-label=${w.yoursPlain}>${this.#side()}</aside></div>
      ${this.#bar()}<p class="sr" role="status">${this.said}</p></div>`;
  }

  #entry(part, i) {
    const w = words.pages.minutes.state;
    const remarked = this.page.remarks.some((r) => r.paragraph === (part.number ?? null) && part.number);
    const [level, picture, text] = part.verified_immediately ? ['ok', 'shield', w.immediate] : i === this.at ? ['calm', 'eye', w.now] : remarked ? ['att', 'pen', w.remark]
      : this.me.may_approve ? (this.isRead(part) ? ['ok', 'check', w.read] : ['calm', null, w.unread]) : ['calm', null, ''];
    return html`<li><a href=${`#${part.id}`} aria-current=${i === this.at ? 'true' : nothing} @click=${(e) => { e.preventDefault(); this.show(i); }}><span class="p">${part.number ? words.shared.section(part.number) : html`<span class="narrow1">${words.pages.minutes.short[part.id]}</span>`}</span><span><span class="ttl">${part.title}</span>${text ? html`<small class="state ${level}">${picture ? icon(picture) : nothing}<span class="wd">${text}</span></small>` : nothing}</span></a></li>`;
  }

  #side() {
    const w = words.pages.minutes;
    const { page, part } = this;
    const here = page.remarks.filter((r) => (r.paragraph ?? null) === (part.number ?? null));
    const field = `remark:${part.id}`;
    return html`<h2>${part.number ? w.yours(part.number) : w.yoursPlain}</h2>
      ${here.map((r) => html`<div class="need calm2"><span class="state att">${icon('pen')}${r.name} ${day(r.at)}</span><p>${r.text}</p></div>`)}
      ${this.me.approver && page.status === 'prepared' && !this.me.approved ? html`<form class="field" @submit=${(e) => { e.preventDefault(); this.leave(); }}><label for="an">${w.remark}</label><span class="hint" id="anh">${w.remarkHint}</span><textarea class="input" id="an" rows="4" maxlength="4000" aria-describedby="anh" .value=${kept(this.boot.meeting, field)} @input=${(e) => keep(this.boot.meeting, field, e.target.value)}></textarea><p class="row"><button class="btn">${this.busy === 'remark' ? w.sending : w.leave} <kbd aria-hidden="true">M</kbd></button></p></form>` : nothing}
      ${page.approvers?.length ? html`<h2 class="jh">${w.approvers}</h2><ul class="list just">${page.approvers.map((a) => html`<li><b>${a.name}</b>, ${a.person === this.boot.person ? w.you : a.role_text}<small class="state ${a.approved_at ? 'ok' : 'calm'}">${icon(a.approved_at ? 'check' : 'clock')}${a.approved_at ? w.approvedAt(`${day(a.approved_at)} kl. ${clock(a.approved_at)}`) : w.waits}</small></li>`)}</ul>` : nothing}
      ${page.prepared || part.prepared ? html`<p class="meta lowgap">${w.sha} <span class="hash num">${(page.prepared || part.prepared).sha_short}</span></p>` : html`<p class="meta lowgap">${w.notYet}</p>`}`;
  }

  #bar() {
    const w = words.pages.minutes;
    const last = this.at >= this.parts.length - 1;
    const turn = (label, key, step, off) => html`<button class="act" aria-disabled=${off ? 'true' : nothing} @click=${() => this.go(step)}><span>${label} <kbd aria-hidden="true">${key}</kbd></span></button>`;
    const unread = this.unread;
    const next = this.parts.find((part, i) => i > this.at && !this.isRead(part)) || this.parts.find((part) => !this.isRead(part) && part !== this.part);
    const read = this.isRead(this.part);
    const primary = (label, sub, press) => html`<button class="primary" @click=${press}><span>${label}${sub ? html`<small>${sub}</small>` : nothing}</span><kbd aria-hidden="true">G</kbd></button>`;
    const waiting = this.part.immediate && !this.part.verified_immediately && this.part.prepared && this.part.may_approve;
    const may = this.me.may_approve;
    return html`<section class="actions" id="nu" aria-label=${w.nextStep}>${this.notice ? notice(this.notice, () => { this.notice = null; this.draw(); }) : nothing}
      <div class="seconds">${turn(w.previous, '←', -1, this.at === 0)}${turn(w.next, '→', 1, last)}
        ${may && unread ? html`<button class="act" aria-disabled="true" aria-describedby="wj" @click=${() => { this.said = w.why(unread); this.draw(); }}><span>${w.approve}</span><small id="wj">${w.why(unread)}</small></button>` : nothing}
        ${this.me.approved ? html`<p class="state ok">${icon('check')}${w.done}</p>` : !may && !waiting && this.me.why_not && this.me.approver ? html`<p class="meta">${this.me.why_not}</p>` : nothing}</div>
      ${this.notice?.changed ? primary(w.readNew, '', () => this.readNew()) : waiting ? primary(this.busy ? w.sending : w.approveSection(this.part.number), w.approveSectionSub, () => this.approveSection(this.part.prepared.sha256, this.part.matter))
        : !may ? nothing : unread && !read ? primary(this.part.number ? w.mark(this.part.number) : this.part.id === 'first' ? w.markFirst : w.markLast, next ? w.then(next.number ? words.shared.section(next.number) : next.title.toLowerCase()) : '', () => this.markRead())
          : unread ? primary(w.then(next.number ? words.shared.section(next.number) : next.title.toLowerCase()), '', () => this.show(this.parts.findIndex((part) => !this.isRead(part))))
            : primary(this.busy ? w.sending : w.approve, w.approveSub, () => this.approve())}</section>`;
  }
}

/** Puts the page in place. */
export function start({ boot }) {
  document.querySelector('body > .skip')?.remove();
  const root = document.getElementById('app');
  root.replaceChildren();
  return new MinutesPage({ boot, root });
}
