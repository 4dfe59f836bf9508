/** A command as far as completion knows it. */
export interface Known {
  readonly name: string;
  readonly commands: readonly Known[];
  readonly options: readonly KnownOption[];
  /** Names of its arguments in their order; the last one may be repeated. */
  readonly takes: readonly string[];
  readonly repeats: boolean;
}

/** An option: its long name, whether a value follows, and which ones there are. */
export interface KnownOption {
  readonly name: string;
  readonly hasValue: boolean;
  readonly values?: readonly string[];
}

/** What there is by the name of an option (`--endpoint`) or argument (`ids`, `schema name`) whose values the command line itself does not fix. */
export type Values = { readonly [name: string]: readonly string[] };

/**
 * What may stand where the last word is being typed: commands, options, their values, ids of scenarios. Empty where it could be
 * anything, such as a file.
 */
export function candidates(
  root: Known,
  words: readonly string[],
  values: Values,
): readonly string[] {
  const current = words.at(-1) ?? '';
  const { command, given, open } = walked(root, words.slice(0, -1));
  return offered(command, given, open, current, values).filter((one) => one.startsWith(current));
}

interface Walk {
  readonly command: Known;
  /** Arguments that stand there already. */
  readonly given: readonly string[];
  /** The option whose value comes next. */
  readonly open?: KnownOption;
}

function walked(root: Known, before: readonly string[]): Walk {
  let walk: Walk = { command: root, given: [] };
  for (const word of before) {
    const { command, given, open } = walk;
    const option = command.options.find(({ name }) => name === word);
    const inner =
      given.length === 0 ? command.commands.find(({ name }) => name === word) : undefined;
    if (open) walk = { command, given };
    else if (option?.hasValue) walk = { command, given, open: option };
    else if (inner) walk = { command: inner, given: [] };
    else if (!word.startsWith('-')) walk = { command, given: [...given, word] };
  }
  return walk;
}

function offered(
  command: Known,
  given: readonly string[],
  open: KnownOption | undefined,
  current: string,
  values: Values,
): readonly string[] {
  if (open) return open.values ?? listed(current, valuesOf(command, open.name, values));
  if (current.startsWith('-')) return command.options.map(({ name }) => name);
  if (command.commands.length > 0) return command.commands.map(({ name }) => name);
  const last = command.takes.length - 1;
  const argument = command.takes[command.repeats ? Math.min(given.length, last) : given.length];
  return valuesOf(command, argument ?? '', values).filter((one) => !given.includes(one));
}

/** A name may mean another thing below one command: `find --service` stands before `--service`. */
function valuesOf({ name }: Known, of: string, values: Values): readonly string[] {
  return values[`${name} ${of}`] ?? values[of] ?? [];
}

/** After a comma the next of several values begins, and none is offered twice. */
function listed(current: string, values: readonly string[]): readonly string[] {
  const before = current.split(',').slice(0, -1);
  return values.filter((one) => !before.includes(one)).map((one) => [...before, one].join(','));
}

/** The shells that can be served. */
export const shells = ['bash', 'zsh', 'fish'] as const;

/** What a shell reads once, so that it asks `scenario completion words` from then on: what it offers is never out of date. */
export const completionScripts: { readonly [shell in (typeof shells)[number]]: string } = {
  bash: `# bash: eval "$(scenario completion bash)" in ~/.bashrc
_scenario() {
  local word
  COMPREPLY=()
  while IFS= read -r word; do COMPREPLY+=("$word"); done < <(
    scenario completion words -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null
  )
  # A name such as html= goes on.
  if [[ \${#COMPREPLY[@]} -eq 1 && \${COMPREPLY[0]} == *= ]]; then compopt -o nospace 2>/dev/null; fi
}
complete -o default -F _scenario scenario
`,
  zsh: `# zsh: eval "$(scenario completion zsh)" in ~/.zshrc, after compinit
_scenario() {
  local -a found
  found=("\${(@f)$(scenario completion words -- "\${(@)words[2,CURRENT]}" 2>/dev/null)}")
  if [[ -n \${found[1]} ]]; then compadd -- "\${found[@]}"; else _files; fi
}
compdef _scenario scenario
`,
  fish: `# fish: scenario completion fish > ~/.config/fish/completions/scenario.fish
function __scenario_words
  set -l before (commandline -opc)
  set -l current (commandline -ct)
  scenario completion words -- $before[2..-1] "$current" 2>/dev/null
end
complete -c scenario -a '(__scenario_words)'
`,
};
