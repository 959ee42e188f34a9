// What a matter needs beyond a simple majority, and whether a division reached it.
import { html } from '../../vendor/lit/lit.js';
import { icon } from '../icons.js';
import { cited } from '../text.js';

/** The result against what is needed. @param {{text: string, reached: boolean}} majority of a closed division */
export const majorityNote = (majority) => html`<div class="note ${majority.reached ? 'ok' : 'att'} lowgap">${icon(majority.reached ? 'check' : 'scales')}<p>${majority.text}</p></div>`;

/** What the decision needs, before it is taken. @param {{text: string, cites: string}} majority of the matter */
export const majorityNeeded = (majority) => html`<div class="note">${icon('scales')}<p><b>${majority.text}</b> ${cited(majority.cites)}.</p></div>`;
