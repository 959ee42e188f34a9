// <speakers-list>: the queue for the floor. Drag, Alt and arrows, and the Flytta menu all move a speaker the same way.
import { html, nothing } from '../../vendor/lit/lit.js';
import { repeat } from '../../vendor/lit/repeat.js';
import { Light, define } from '../light.js';
import { icon } from '../icons.js';
import { words } from '../text.js';
import { party } from './people.js';

class SpeakersList extends Light {
  static properties = { meeting: { attribute: false }, queue: { attribute: false }, open: { state: true }, over: { state: true } };

  constructor() {
    super();
    this.queue = [];
    this.open = null;
    this.over = null;
    this.dragged = null;
    this.refocus = null;
  }

  updated() {
    if (!this.refocus) return;
    this.querySelector(`[data-handle="${CSS.escape(this.refocus)}"]`)?.focus();
  }

  #move(id, position) {
    const last = this.queue.length - 1;
    const to = Math.max(0, Math.min(last, position));
    if (to === this.queue.findIndex((row) => row.id === id)) return;
    this.refocus = id;
    this.ask('move', { id, position: to });
  }

  #keys(event, row, i) {
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (event.altKey && by) { event.preventDefault(); this.#move(row.id, i + by); }
    if (event.key === 'Escape' && this.open) { event.preventDefault(); this.open = null; this.refocus = row.id; }
  }

  #choose(kind, detail, row) {
    this.open = null;
    this.refocus = row.id;
    if (kind === 'move') this.#move(row.id, detail); else this.ask(kind, detail);
  }

  #drop(i) {
    const id = this.dragged;
    this.dragged = null;
    this.over = null;
    if (id) this.#move(id, i);
  }

  render() {
    if (!this.queue.length) return html`<p class="meta">${words.shared.emptyList}</p>`;
    return html`<ol class="talk">${repeat(this.queue, (row) => row.id, (row, i) => this.#row(row, i))}</ol>`;
  }

  #row(row, i) {
    const person = this.meeting.person(row.person);
    const w = words.chair.speakers;
    const where = words.shared[row.where === 'distance' || row.where === 'remote' ? 'remote' : 'room'];
    return html`<li class=${this.over === i ? 'over' : ''} draggable="true" @keydown=${(e) => this.#keys(e, row, i)}
        @dragstart=${(e) => { this.dragged = row.id; e.dataTransfer.effectAllowed = 'move'; e.dataTransfer.setData('text/plain', person.name); }}
        @dragover=${(e) => { if (this.dragged) { e.preventDefault(); this.over = i; } }} @drop=${(e) => { e.preventDefault(); this.#drop(i); }} @dragend=${() => { this.dragged = null; this.over = null; }}>
      <span class="pos">${i + 1}</span><div class="who"><b>${person.name}</b><small>${party(person)} ${words.shared.speech[row.kind]} · ${where}</small></div>
      <button class="btn icon small mv" data-handle=${row.id} aria-expanded=${this.open === row.id ? 'true' : 'false'} aria-label=${w.move(person.name)} @click=${() => { this.refocus = null; this.open = this.open === row.id ? null : row.id; }}>${icon('handle')}</button>
      ${this.open === row.id ? html`<div class="menu">
        <button class="btn small" @click=${() => this.#choose('floor', { id: row.id, person: null }, row)}>${w.giveNow}</button>
        ${i > 0 ? html`<button class="btn small" @click=${() => this.#choose('move', 0, row)}>${w.first}</button><button class="btn small" @click=${() => this.#choose('move', i - 1, row)}>${w.up}</button>` : nothing}
        ${i < this.queue.length - 1 ? html`<button class="btn small" @click=${() => this.#choose('move', i + 1, row)}>${w.down}</button>` : nothing}
        <button class="btn small" @click=${() => this.#choose('decline', { id: row.id }, row)}>${w.decline}</button></div>` : nothing}</li>`;
  }
}

define('speakers-list', SpeakersList);
