// The icons as lit templates: hidden beside text, named when alone.
import { html, svg, nothing } from '../vendor/lit/lit.js';

const SHAPES = {
  check: svg`<path d="M5 12.5l4.500 4.500L19 7.500"/>`,
  handle: svg`<path d="M9 6v.1M15 6v.1M9 12v.1M15 12v.1M9 18v.1M15 18v.1"/>`,
  warning: svg`<path d="M12 3.500L22 20H2z"/><path d="M12 10v4.500M12 17.200v.2"/>`,
  info: svg`<circle cx="12" cy="12" r="9"/><path d="M12 11v5.500M12 7.600v.2"/>`,
  clock: svg`<circle cx="12" cy="12" r="9"/><path d="M12 7v5.500l3.500 2"/>`,
  calendar: svg`<rect x="4" y="5.500" width="16" height="15" rx="2"/><path d="M4 10.500h16M8.500 3v4M15.500 3v4"/>`,
  people: svg`<circle cx="9" cy="8" r="3.5"/><path d="M2.5 20c.4-4 3-6 6.500-6s6.100 2 6.500 6"/><path d="M16 4.800a3.500 3.500 0 0 1 0 6.400M18 14.500c2.200.8 3.300 2.700 3.500 5.500"/>`,
  pause: svg`<path d="M8 5v14M16 5v14"/>`,
  play: svg`<path d="M8 5l11 7-11 7z"/>`,
  link: svg`<path d="M2 9.500c6-5 14-5 20 0M5.500 13c4-3.200 9-3.200 13 0M9 16.500c2-1.500 4-1.500 6 0"/><circle cx="12" cy="19.500" r=".8"/>`,
  weak: svg`<path d="M9 16.500c2-1.500 4-1.500 6 0"/><circle cx="12" cy="19.500" r=".8"/><path d="M5.500 13c4-3.200 9-3.200 13 0" opacity=".35"/>`,
  lost: svg`<path d="M2 9.500c3-2.500 6.500-3.700 10-3.700M18 7.400a17 17 0 0 1 4 2.100M5.500 13a11 11 0 0 1 5-2.300M9 16.500c2-1.500 4-1.500 6 0M4 3l16 18"/>`,
  gavel: svg`<path d="M13.500 3.500l6 6M9 8l6 6M15 4.500L9.500 9.500M18.500 8.500L14 14M11.500 11.500L3.500 19.500M13 21h8"/>`,
  mic: svg`<rect x="9" y="3" width="6" height="11" rx="3"/><path d="M5.500 11.500a6.500 6.500 0 0 0 13 0M12 18v3"/>`,
  micOff: svg`<rect x="9" y="3" width="6" height="11" rx="3"/><path d="M5.500 11.500a6.500 6.500 0 0 0 13 0M12 18v3M4 3l16 18"/>`,
  camera: svg`<rect x="2.500" y="6" width="13" height="12" rx="2.500"/><path d="M15.500 11l6-3.500v9l-6-3.500"/>`,
  cameraOff: svg`<rect x="2.500" y="6" width="13" height="12" rx="2.500"/><path d="M15.500 11l6-3.500v9l-6-3.500M3 3l18 18"/>`,
  speaker: svg`<path d="M4 9.500v5h3.500L12 18.500v-13L7.500 9.500zM15.500 9a4.500 4.500 0 0 1 0 6M18 6.500a8 8 0 0 1 0 11"/>`,
  hand: svg`<path d="M7 12V6a1.600 1.600 0 0 1 3.200 0v5V4.300a1.600 1.600 0 0 1 3.200 0V11 5.500a1.600 1.600 0 0 1 3.200 0v7-3a1.600 1.600 0 0 1 3.200 0c0 7-1.500 12-7.300 12-4 0-5.500-2-8-6.600-.8-1.600 1.200-2.800 2.400-1.500z"/>`,
  scales: svg`<path d="M4 12h6M14 12h6M9 6v12M15 6v12"/>`,
  paper: svg`<path d="M6 3h8l5 5v13H6z"/><path d="M14 3v5h5M9 13h7M9 17h5"/>`,
  shield: svg`<path d="M12 3l8 3v6c0 5-3.500 8-8 9-4.500-1-8-4-8-9V6z"/><path d="M8.500 12l2.500 2.500 4.500-5"/>`,
  eye: svg`<path d="M2 12c2.500-4.500 6-6.500 10-6.500s7.500 2 10 6.500c-2.500 4.500-6 6.500-10 6.500S4.500 16.500 2 12z"/><circle cx="12" cy="12" r="3"/>`,
  lock: svg`<rect x="5" y="11" width="14" height="10" rx="2"/><path d="M8 11V8a4 4 0 0 1 8 0v3"/>`,
  cross: svg`<path d="M6 6l12 12M18 6L6 18"/>`,
  place: svg`<path d="M12 21c4.500-5 6.500-8.500 6.500-11.500a6.500 6.500 0 0 0-13 0C5.500 12.500 7.500 16 12 21z"/><circle cx="12" cy="9.500" r="2.300"/>`,
  pen: svg`<path d="M4 20l1-4.500L16.500 4a2 2 0 0 1 3 0l.5.5a2 2 0 0 1 0 3L8.500 19z"/>`,
  forward: svg`<path d="M9 6l6 6-6 6"/>`,
  back: svg`<path d="M9 7l-5 5 5 5M4 12h9c4 0 7 2 7 6"/>`,
  bell: svg`<path d="M6 17V11a6 6 0 0 1 12 0v6l1.500 2h-15zM10 21.500h4"/>`,
  question: svg`<circle cx="12" cy="12" r="9"/><path d="M9.500 9.500a2.500 2.500 0 1 1 3.600 2.300c-.8.400-1.100 1-1.100 1.900M12 16.800v.2"/>`,
  download: svg`<path d="M12 4v11M7 10.500l5 5 5-5M5 20h14"/>`,
  key: svg`<circle cx="8" cy="14" r="4.500"/><path d="M11.500 11L20 3M16.500 6l3 3"/>`,
  room: svg`<path d="M4 20V6l8-3 8 3v14M4 20h16M9.500 20v-5h5v5"/>`,
  plus: svg`<path d="M12 5v14M5 12h14"/>`,
};

/**
 * @param {keyof typeof SHAPES} name
 * @param {string} [label] what a lone icon says; without it the icon is hidden from assistive technology
 */
export function icon(name, label) {
  return html`<svg class="i" viewBox="0 0 24 24" focusable="false" role=${label ? 'img' : nothing} aria-label=${label || nothing} aria-hidden=${label ? nothing : 'true'}>${SHAPES[name]}</svg>`;
}

/** The address of the product's mark, beside these scripts wherever they are served. */
export const markUrl = new URL('../img/mark.svg', import.meta.url).href;

/** Names of all icons, for the page that shows them and for tests. */
export const iconNames = Object.keys(SHAPES);
