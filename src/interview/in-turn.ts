/** Asks for each name, one after the other; each question knows the answers before it. */
export async function inTurn<T>(
  names: readonly string[],
  question: (name: string, before: { readonly [name: string]: T }) => Promise<T>,
  before: { readonly [name: string]: T } = {},
): Promise<{ [name: string]: T }> {
  const [name, ...rest] = names;
  if (name === undefined) return { ...before };
  return inTurn(rest, question, { ...before, [name]: await question(name, before) });
}
