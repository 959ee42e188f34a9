// Every Swedish sentence of the client, one table per screen.
import { shared } from './words/sv/shared.js';
import { chair } from './words/sv/chair.js';
import { election } from './words/sv/election.js';
import { decision } from './words/sv/decision.js';
import { hall } from './words/sv/hall.js';
import { member } from './words/sv/member.js';
import { secretary } from './words/sv/secretary.js';
import { seen } from './words/sv/seen.js';
import { pages } from './words/sv/pages.js';
import { check } from './words/sv/check.js';
import { booth } from './words/sv/booth.js';
import { webcast } from './words/sv/webcast.js';

export const sv = { shared, chair, decision, election, hall, member, secretary, seen, pages, check, webcast, booth };
