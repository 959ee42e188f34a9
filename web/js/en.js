// Every English sentence of the client, one table per screen.
import { shared } from './words/en/shared.js';
import { chair } from './words/en/chair.js';
import { election } from './words/en/election.js';
import { decision } from './words/en/decision.js';
import { hall } from './words/en/hall.js';
import { member } from './words/en/member.js';
import { secretary } from './words/en/secretary.js';
import { seen } from './words/en/seen.js';
import { pages } from './words/en/pages.js';
import { check } from './words/en/check.js';
import { booth } from './words/en/booth.js';
import { webcast } from './words/en/webcast.js';

export const en = { shared, chair, decision, election, hall, member, secretary, seen, pages, check, webcast, booth };
