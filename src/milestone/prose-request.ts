/** `POST /orders`, `GET /orders/{id}` in a sentence: method and path, in code or not. */
const request =
  /(?<![\w/])(GET|POST|PUT|PATCH|DELETE)`?\s+`?(\/(?:[\w./:?=&%-]|\{[\w-]+\}|<[\w-]+>)*)/g;

/** The requests that a sentence speaks of, as a shell would say them; what is left open in an address is a variable. */
export function requestsIn(text: string): readonly string[] {
  return [...text.matchAll(request)].map(([, method = '', path = '']) => {
    const named = path
      .replace(/[.:?,]+$/, '')
      .replaceAll(/[{<]([\w-]+)[}>]|(?<=\/):(\w+)/g, (_whole, braced?: string, bare?: string) => {
        const name = braced ?? bare ?? '';
        return `\${${name.replaceAll('-', '_')}}`;
      });
    return `curl -X ${method} "${named}"`;
  });
}
