// Begins a page again when its scripts or styles were lost on the way: a phone that changes network in that second has
// half a page and no script to tell of it. Only as long as nothing of the page stands, so that nothing written is lost.
(() => {
  const WAIT = 1500;
  const MOST = 3;
  const WITHIN = 60000;
  const KEY = 'arrive';

  /** When this page was begun again lately (ms since 1970), oldest first. */
  function lately() {
    try {
      return JSON.parse(sessionStorage.getItem(KEY) || '[]').filter((at) => Date.now() - at < WITHIN);
    } catch {
      return Array(MOST).fill(Date.now()); // Not counted, so not done: the page says what to press.
    }
  }

  function again() {
    if (!document.querySelector('.arriving')) return;
    const before = lately();
    if (before.length >= MOST) return;
    sessionStorage.setItem(KEY, JSON.stringify([...before, Date.now()]));
    location.reload();
  }

  let waiting;
  window.addEventListener('error', ({ target }) => {
    if (target instanceof HTMLScriptElement || target instanceof HTMLLinkElement) waiting ??= setTimeout(again, WAIT);
  }, true);
})();
