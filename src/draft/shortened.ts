/** A text of a document in one line, as it may stand in a scenario: without secrets that a request carries, and not endless. */
export function shortened(text: string): string {
  const plain = withoutSecrets(text)
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/\p{Cc}/gu, '')
    .trim();
  return plain.length > 300 ? `${plain.slice(0, 299)}…` : plain;
}

/** A text of a document without secrets: credentials in headers, options of curl, addresses and fields. Variables stay. */
export function withoutSecrets(text: string): string {
  return text
    .replaceAll(
      /((?:authorization|cookie|[\w-]*(?:api-?key|token|secret))\s*:\s*)[^"'\n]+/gi,
      '$1…',
    )
    .replaceAll(
      /([\w-]*(?:api[-_]?key|token|secret|passw(?:or)?d)["']?\s*[:=][ \t]*["']?)(?![$<{[(\s…])[^"'\s,}]+/gi,
      '$1…',
    )
    .replaceAll(/(\s(?:-u|--user)[ =]?)(?:"[^"]*"|'[^']*'|\S+)/g, '$1…')
    .replaceAll(/(\/\/)[^/@\s"']+@/g, '$1…@');
}
