// The written acts as pages of their own: propose, reserve, declare a conflict of interest, object to one's vote.
// What is half written stays in this browser until the server has acknowledged it.
import { html, nothing } from '../../../vendor/lit/lit.js';
import { Light, define } from '../../light.js';
import { icon } from '../../icons.js';
import { words, clock, day } from '../../text.js';
import { keep, kept, forget } from '../../drafts.js';

/** The frame of a form: the way back, heading, fields, the refusal near the act, the one button. */
class Form extends Light {
  static properties = { meeting: { attribute: false }, boot: { attribute: false }, sending: {}, refusal: { attribute: false }, tick: { state: true } };

  get s() { return this.meeting.sections; }

  /** A field's draft under this form's name. */
  get(field) { return kept(this.boot.meeting, `${this.draft}:${field}`); }

  set(field, text) { keep(this.boot.meeting, `${this.draft}:${field}`, text); this.savedAt = Date.now(); this.requestUpdate(); }

  forgetAll(...fields) { for (const field of fields) forget(this.boot.meeting, `${this.draft}:${field}`); }

  frame({ heading, eyebrow, fields, label, why, press }) {
    const w = words.member;
    const button = this.sending ? html`<button data-act="hand-in" class="btn main big wide" aria-disabled="true">${w.vote.sending}</button>`
      : why ? html`<button data-act="hand-in" class="btn big wide" aria-disabled="true" aria-describedby="why">${label}<small id="why">${why}</small></button>`
        : html`<button data-act="hand-in" class="btn main big wide" @click=${press}>${label}</button>`;
    return html`<main class="mmain" id="main"><div class="formpage stack"><button class="back btn quiet small" @click=${() => this.ask('dismiss')}>${icon('back')}${w.back}</button>
      <div><p class="eyebrow">${eyebrow}</p><h1 tabindex="-1" id="sheet">${heading}</h1></div>${fields}</div></main>
      <div class="mbar one" id="nu">${this.refusal || nothing}${button}</div>`;
  }

  saved() {
    return this.savedAt ? html`<p class="meta saved"><span class="state ok">${icon('check')}${words.member.propose.saved(clock(this.savedAt))}</span></p>` : nothing;
  }

  area(field, { label, hint = null, rows = 5 }) {
    const id = `f-${field}`;
    return html`<div class="field"><label for=${id}>${label}</label>${hint ? html`<span class="hint" id="${id}-h">${hint}</span>` : nothing}
      <textarea class="input" id=${id} rows=${rows} maxlength="20000" aria-describedby=${hint ? `${id}-h` : nothing} .value=${this.get(field)} @input=${(e) => this.set(field, e.target.value)}></textarea>${this.saved()}</div>`;
  }
}

const KINDS = ['support', 'reject', 'counter', 'amend', 'add', 'refer_back', 'defer'];

class ProposeForm extends Form {
  static properties = { ...Form.properties, matter: {} };

  get draft() { return `propose:${this.matter}`; }

  render() {
    const w = words.member.propose;
    const m = this.s.matter;
    const here = m?.matter === this.matter;
    const kind = this.get('kind');
    const standing = (m?.proposals || []).filter((p) => !p.withdrawn);
    const to = this.get('to');
    const text = this.get('text') || '';
    const row = this.meeting.agendaItem(this.matter);
    const no = this.meeting.mayNot(kind === 'support' ? 'support-proposal' : 'propose');
    const why = !kind ? w.whyKind : kind === 'support' ? (to && standing.some((p) => p.id === to) ? null : w.whyTo) : text.trim() ? null : w.whyText;
    const choose = (one) => {
      const standard = Object.values(w.texts);
      if (w.texts[one] && (!text.trim() || standard.includes(text))) this.set('text', w.texts[one]);
      else if (standard.includes(text)) this.set('text', '');
      this.set('kind', one);
    };
    return this.frame({
      heading: w.h, eyebrow: `${row?.number ? words.shared.section(row.number) : ''} ${row?.title || ''}`,
      fields: html`${!here && m ? html`<div class="note info">${icon('info')}<p>${w.moved(row?.number ?? '', m.number ?? '')}</p></div>` : nothing}
        <fieldset class="field"><legend>${w.slag}</legend><div class="pick inline">${KINDS.map((one) => html`<label><input type="radio" name="kind" .checked=${kind === one} @change=${() => choose(one)}><span>${w.kinds[one]}</span></label>`)}</div></fieldset>
        ${kind === 'support' ? html`<fieldset class="field"><legend>${w.to}</legend><div class="pick">${standing.map((p) => html`<label><input type="radio" name="to" .checked=${to === p.id} @change=${() => this.set('to', p.id)}><span><b>${p.title}.</b> ${p.text || (p.points || []).join(' ')}</span></label>`)}</div></fieldset>`
          : kind ? html`${this.area('text', { label: w.i, hint: w.hint })}${['refer_back'].includes(kind) ? this.area('motivation', { label: w.motivation, hint: w.motivationHint, rows: 3 }) : nothing}` : nothing}`,
      label: w.hand, why: why || (no ? no.reason || no.because : null),
      press: () => {
        const done = () => this.forgetAll('kind', 'to', 'text', 'motivation');
        if (kind === 'support') this.ask('act', { name: 'support-proposal', data: { proposal: to }, done });
        else this.ask('act', { name: 'propose', data: { kind, text: text.trim(), motivation: (kind === 'refer_back' && this.get('motivation').trim()) || null }, done });
      },
    });
  }
}

class ReserveForm extends Form {
  static properties = { ...Form.properties };

  get draft() { return 'reserve'; }

  render() {
    const w = words.member.reserve;
    const done = this.s.agenda.filter((a) => ['decided', 'referred_back', 'deferred'].includes(a.status) || (this.s.matter?.matter === a.matter && this.s.matter.decision));
    const which = done.find((a) => a.matter === this.get('matter')) || done[done.length - 1];
    const no = this.meeting.mayNot('reserve');
    const again = which && this.s.me.reserved_in?.includes(which.matter);
    return this.frame({
      heading: w.h, eyebrow: this.s.meeting.body,
      fields: done.length ? html`<div class="field"><label for="f-which">${w.which}</label><select class="input" id="f-which" @change=${(e) => this.set('matter', e.target.value)}>${done.map((a) => html`<option value=${a.matter} ?selected=${a.matter === which.matter}>${words.shared.section(a.number)} ${a.title}</option>`)}</select></div>
        ${again ? html`<p class="note ok">${icon('check')}<span>${w.already}</span></p>` : nothing}
        ${this.area('text', { label: w.text, hint: w.hint })}<p class="meta">${w.law}</p>` : html`<p>${w.none}</p>`,
      label: which ? w.act(which.number) : w.h, why: !which ? w.none : no ? no.reason || no.because : null,
      press: () => this.ask('act', { name: again && this.get('text').trim() ? 'add-reservation-text' : 'reserve', data: { matter: which.matter, text: this.get('text').trim() || null }, done: () => this.forgetAll('matter', 'text') }),
    });
  }
}

class ConflictForm extends Form {
  static properties = { ...Form.properties };

  get draft() { return 'conflict'; }

  render() {
    const w = words.member.conflict;
    const open = this.s.agenda.filter((a) => ['coming', 'current'].includes(a.status));
    const which = open.find((a) => a.matter === this.get('matter')) || open.find((a) => a.status === 'current') || open[0];
    const reason = this.get('reason');
    const mine = which && this.s.me.conflict_in?.includes(which.matter);
    const no = this.meeting.mayNot(mine ? 'withdraw-conflict' : 'declare-conflict');
    const assembly = this.s.meeting.conflict_presence === 'may_watch';
    const fact = (level, picture, text) => html`<li class="state ${level}">${icon(picture)}${text}</li>`;
    return this.frame({
      heading: w.h, eyebrow: `${this.s.meeting.body} ${day(this.s.meeting.starts_at)}`,
      fields: which ? html`<div class="field"><label for="f-which">${w.which}</label><select class="input" id="f-which" @change=${(e) => this.set('matter', e.target.value)}>${open.map((a) => html`<option value=${a.matter} ?selected=${a.matter === which.matter}>${a.number ? `${words.shared.section(a.number)} ` : ''}${a.title}</option>`)}</select></div>
        ${mine ? html`<p class="note">${icon('scales')}<span>${w.mine}</span></p>` : html`<fieldset class="field"><legend>${w.concerns}</legend><div class="pick inline">${w.reasons.map((one) => html`<label><input type="radio" name="reason" .checked=${reason === one} @change=${() => this.set('reason', one)}><span>${one}</span></label>`)}</div></fieldset>`}
        <section class="effect" aria-labelledby="ef"><h2 id="ef" class="h2x">${which.number ? w.effect(which.number) : w.effectNone}</h2><ul class="facts">${fact('calm', 'cross', w.silent)}${fact('calm', assembly ? 'eye' : 'lock', assembly ? w.watch : w.leaves)}${fact('ok', 'check', w.back)}</ul><p class="meta">${w.minutes}</p></section>` : html`<p>${w.none}</p>`,
      label: mine ? w.withdraw : which?.number ? w.act(which.number) : w.actNone,
      why: !which ? w.none : no ? no.reason || no.because : mine || reason ? null : w.why,
      press: () => this.ask('act', mine ? { name: 'withdraw-conflict', data: { matter: which.matter, person: this.s.me.person } }
        : { name: 'declare-conflict', data: { matter: which.matter, reason }, done: () => this.forgetAll('matter', 'reason') }),
    });
  }
}

/** Questions somebody else's lack of a conflict of interest; the body answers, without the one concerned (6 kap. 30 §). */
class QuestionForm extends Form {
  static properties = { ...Form.properties };

  get draft() { return `question:${this.s.matter?.matter}`; }

  render() {
    const w = words.member.question;
    const here = (this.s.presence || []).filter((row) => ['room', 'remote'].includes(row.state) && row.person !== this.s.me.person && !row.disqualified).map((row) => row.person);
    const sorted = this.meeting.byParty(here).flatMap((group) => group.persons);
    const person = sorted.includes(this.get('person')) ? this.get('person') : '';
    const no = this.meeting.mayNot('question-conflict');
    return this.frame({
      heading: w.h, eyebrow: `${this.s.matter?.number ? words.shared.section(this.s.matter.number) : ''} ${this.s.matter?.title || ''}`,
      fields: html`<div class="field"><label for="f-person">${w.who}</label><select class="input" id="f-person" @change=${(e) => this.set('person', e.target.value)}><option value="">${w.choose}</option>${sorted.map((pid) => html`<option value=${pid} ?selected=${pid === person}>${this.meeting.label(pid)}</option>`)}</select></div>
        ${this.area('reason', { label: w.reason, hint: w.reasonHint, rows: 3 })}
        <p class="note info">${icon('scales')}<span>${w.then(this.s.meeting.body)}</span></p>`,
      label: w.act, why: no ? no.reason || no.because : person ? null : w.why,
      press: () => this.ask('act', { name: 'question-conflict', data: { person, reason: this.get('reason').trim() || null }, done: () => this.forgetAll('person', 'reason'), said: w.said }),
    });
  }
}

class ObjectForm extends Form {
  static properties = { ...Form.properties };

  get draft() { return `object:${this.s.division?.id}`; }

  render() {
    const w = words.member.vote;
    return this.frame({
      heading: w.objection, eyebrow: this.s.matter?.number ? words.shared.section(this.s.matter.number) : '',
      fields: this.area('text', { label: w.objection, hint: w.objectionHint, rows: 3 }), label: w.object,
      why: this.meeting.mayNot('object-to-vote')?.reason || null,
      press: () => this.ask('act', { name: 'object-to-vote', data: { text: this.get('text').trim() || null }, done: () => this.forgetAll('text'), said: w.objected }),
    });
  }
}

/** The reasons of one's own proposal of referral back, which the right of one third depends on (5 kap. 50 §). */
class MotivateForm extends Form {
  static properties = { ...Form.properties, proposal: {} };

  get draft() { return `motivate:${this.proposal}`; }

  render() {
    const w = words.member.propose;
    const text = this.get('text').trim();
    return this.frame({
      heading: w.motivation, eyebrow: this.s.matter?.title || '', fields: this.area('text', { label: w.motivation, hint: w.motivationHint, rows: 4 }), label: w.motivate,
      why: text ? this.meeting.mayNot('state-motivation')?.reason || null : w.whyMotivation,
      press: () => this.ask('act', { name: 'state-motivation', data: { proposal: this.proposal, motivation: text }, done: () => this.forgetAll('text') }),
    });
  }
}

define('motivate-form', MotivateForm);
define('propose-form', ProposeForm);
define('reserve-form', ReserveForm);
define('conflict-form', ConflictForm);
define('question-form', QuestionForm);
define('object-form', ObjectForm);
