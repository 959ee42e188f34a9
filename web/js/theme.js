// The reader's own choice of light, dark or contrast; without a choice the system decides.
export const THEMES = ['', 'light', 'dark', 'contrast', 'contrast-dark'];
const KEY = 'klubban:theme';

export function chosenTheme() {
  try { return localStorage.getItem(KEY) || ''; } catch { return ''; }
}

export function applyTheme(theme = chosenTheme()) {
  if (theme) document.documentElement.dataset.theme = theme;
  else delete document.documentElement.dataset.theme;
}

export function chooseTheme(theme) {
  try { localStorage.setItem(KEY, theme); } catch { /* private mode: the choice lasts for this page */ }
  applyTheme(theme);
}
