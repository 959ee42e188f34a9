// The server's own HTML of a section of the minutes, put into a lit template. The server escapes every text in it (Jinja2, autoescape).
import { html, nothing } from '../../../vendor/lit/lit.js';

const made = new Map();

/** An element tree of a fragment the server rendered; the same text gives the same node, so that redrawing keeps it. */
export function unsafe(fragment) {
  let node = made.get(fragment);
  if (!node) {
    node = document.createElement('div');
    node.className = 'fragment';
    node.append(document.createRange().createContextualFragment(fragment || ''));
    made.set(fragment, node);
    if (made.size > 400) made.delete(made.keys().next().value);
  }
  return node;
}

export { html, nothing };
