import { createHash } from 'node:crypto';

/**
 * The only script of a page, and all that it adds: marks say what they are when pointed at or touched, and the index can
 * be filtered. Everything it shows is in the page already; text goes in as text.
 */
export const script = `(() => {
  const box = document.createElement('div');
  box.className = 'tip';
  box.hidden = true;
  document.body.append(box);
  const place = (x, y) => {
    const { width, height } = box.getBoundingClientRect();
    box.style.left = Math.max(8, Math.min(x + 14, innerWidth - width - 8)) + 'px';
    box.style.top = (y + height + 24 > innerHeight ? y - height - 12 : y + 16) + 'px';
  };
  const show = event => {
    const mark = event.target.closest && event.target.closest('[data-tip]');
    box.hidden = !mark;
    if (!mark) return;
    box.textContent = mark.getAttribute('data-tip');
    place(event.clientX, event.clientY);
  };
  for (const kind of ['pointerover', 'pointermove', 'pointerdown']) document.addEventListener(kind, show);
  addEventListener('scroll', () => { box.hidden = true; }, { passive: true });

  const form = document.querySelector('form.filter');
  if (!form) return;
  form.hidden = false;
  const items = [...document.querySelectorAll('[data-find]')];
  const groups = [...document.querySelectorAll('[data-group]')];
  const count = form.querySelector('output');
  const apply = () => {
    const wanted = new FormData(form);
    const words = String(wanted.get('words') || '').toLowerCase().split(/\\s+/).filter(Boolean);
    let shown = 0;
    for (const item of items) {
      const text = item.dataset.find.toLowerCase();
      const fits = words.every(word => text.includes(word)) && ['paper', 'word'].every(key => !wanted.get(key) || item.dataset[key] === wanted.get(key));
      item.hidden = !fits;
      if (fits && item.dataset.word) shown++;
    }
    for (const group of groups) group.hidden = !group.querySelector('[data-find]:not([hidden])');
    count.textContent = shown + (shown === 1 ? ' claim' : ' claims');
  };
  form.addEventListener('input', apply);
  form.addEventListener('submit', event => event.preventDefault());
  apply();
})();`;

/** How a policy names exactly this script. */
export function sourceOf(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}
