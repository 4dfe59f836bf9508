/** A page with something more at its end. */
export function htmlWith(html: string, more: string): string {
  const end = html.search(/<\/body\s*>/i);
  return end < 0 ? html + more : html.slice(0, end) + more + html.slice(end);
}

/** A page without its scripts. */
export function noScripts(html: string): string {
  return html.replaceAll(/<script\b[^]*?<\/script\s*>/gi, '');
}

/** A script that breaks off. */
export const throwing = script("throw new Error('planted');");

/** A script by which each request of this method is made twice. */
export function doubling(method: string): string {
  return script(`{
    const once = window.fetch;
    window.fetch = (address, how) => {
      if ((how?.method ?? 'GET') === ${JSON.stringify(method)}) once(address, how).catch(() => undefined);
      return once(address, how);
    };
  }`);
}

/** A text that a person sees. */
export function planting(text: string): string {
  return `<p>${text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</p>`;
}

/** A script that takes a text away wherever it appears, before anyone can see it: in one text, else with the smallest element that holds it. */
export function hiding(text: string): string {
  return script(`(() => {
    const hidden = ${JSON.stringify(text)};
    const folded = (text) => text.replace(/\\s+/g, ' ');
    const hide = () => {
      const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      while (walk.nextNode()) {
        const { currentNode: node } = walk;
        if (node.parentNode.localName !== 'script' && folded(node.data).includes(hidden))
          node.data = folded(node.data).replaceAll(hidden, '');
      }
      const holders = [...document.body.querySelectorAll('*')].filter((one) => folded(one.innerText ?? '').includes(hidden));
      holders.filter((one) => !holders.some((other) => other !== one && one.contains(other))).forEach((one) => (one.style.visibility = 'hidden'));
    };
    new MutationObserver(hide).observe(document.body, { subtree: true, childList: true, characterData: true });
    hide();
  })();`);
}

function script(text: string): string {
  return `<script>${text.replaceAll('</', String.raw`<\/`)}</script>`;
}
