/** How strongly operators bind, the weakest first (jq 1.7, src/parser.y); `|` and the prefix forms stand apart. */
export const levels: readonly { readonly ops: readonly string[]; readonly right?: true }[] = [
  { ops: [','] },
  { ops: ['//'], right: true },
  { ops: ['=', '|=', '+=', '-=', '*=', '/=', '%=', '//='] },
  { ops: ['or'] },
  { ops: ['and'] },
  { ops: ['==', '!=', '<', '<=', '>', '>='] },
  { ops: ['+', '-'] },
  { ops: ['*', '/', '%'] },
];
