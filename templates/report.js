// The page works without this: it filters, copies, and changes between light and dark.
const root = document.documentElement;
const runs = [...document.querySelectorAll('.run')].map((node) => ({
  node,
  kind: node.dataset.kind,
  text: node.querySelector('summary').textContent.toLowerCase(),
}));
const chosen = new Set();
const search = document.querySelector('input');
const shown = document.querySelector('.shown');

function filter() {
  const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
  let count = 0;
  for (const { node, kind, text } of runs) {
    const fits = (chosen.size === 0 || chosen.has(kind)) && words.every((one) => text.includes(one));
    node.hidden = !fits;
    if (fits) count += 1;
  }
  shown.textContent = count === runs.length ? '' : `${count} of ${runs.length} shown`;
}

search.addEventListener('input', filter);
for (const chip of document.querySelectorAll('.chip'))
  chip.addEventListener('click', () => {
    const { kind } = chip.dataset;
    if (!chosen.delete(kind)) chosen.add(kind);
    chip.setAttribute('aria-pressed', String(chosen.has(kind)));
    filter();
  });

document.querySelector('.theme').addEventListener('click', () => {
  const dark = getComputedStyle(root).colorScheme.startsWith('dark') || (!root.dataset.theme && matchMedia('(prefers-color-scheme: dark)').matches);
  root.dataset.theme = dark ? 'light' : 'dark';
});

document.addEventListener('click', async (event) => {
  const button = event.target.closest?.('.copy');
  if (!button) return;
  const text = button.previousElementSibling.textContent;
  try {
    await navigator.clipboard.writeText(text);
    button.textContent = 'copied';
  } catch {
    // A page from a file may not use the clipboard: then the text is marked for the keyboard.
    getSelection().selectAllChildren(button.previousElementSibling);
    button.textContent = 'press Ctrl+C';
  }
  setTimeout(() => (button.textContent = 'copy as curl'), 2000);
});

function openTarget() {
  const run = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!run) return;
  run.hidden = false;
  run.open = true;
  run.scrollIntoView();
}
addEventListener('hashchange', openTarget);
openTarget();
