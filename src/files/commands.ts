import {
  pointsOf,
  type Act,
  type CheckAct,
  type CliAct,
  type Condition,
  type FileAct,
  type HoldAct,
  type PollAct,
  type LogAct,
  type RequireAct,
  type Resolved,
  type SeriesAct,
  type ServiceUse,
  type Step,
  type Target,
} from '../scenario/model.ts';
import { quoted } from '../shell/quote.ts';
import { capturesIn, jqOf, seriesJq } from './jq.ts';

/** One numbered command of the document: plain bash, curl and jq, to be pasted into one shell after the others. */
export interface Command {
  readonly title: string;
  readonly bash: string;
  readonly expected: string;
}

/** The commands of the document: the shell's set-up with the preflight, then one per step. The last line of each tells. */
export function commandsOf(scenario: Resolved): readonly Command[] {
  return [
    {
      title: 'Set up the shell, and see that the services are healthy',
      bash: setUp(scenario).join('\n'),
      expected: `${scenario.services.map(({ name }) => name).join(', ')} healthy: true`,
    },
    ...scenario.steps.flatMap((step) => {
      const bash = blockOf(scenario, step);
      return bash === '' ? [] : [{ title: step.title, bash, expected: step.expected }];
    }),
  ];
}

/** Commands that undo what the others started, last one first. */
export function cleanupOf(scenario: Resolved): string {
  return scenario.steps
    .flatMap(({ acts }) => acts.filter((act) => act.kind === 'cleanup'))
    .toReversed()
    .map(
      (act) =>
        `ask ${requestWords(scenario, act)} | jq -cs '.[0]' # ${act.text.replaceAll(/\s+/g, ' ')}`,
    )
    .join('\n');
}

function setUp(scenario: Resolved): readonly string[] {
  const poll = scenario.steps.flatMap(({ acts }) => acts).find((act) => act.kind === 'poll');
  const logs = scenario.services.filter(({ log }) => log);
  return [
    ...scenario.services.map(
      ({ variable, default: origin }) => `${variable}=\${${variable}:-${origin}}`,
    ),
    `ask() { curl -qsS --noproxy '*' --max-time 30 -w '\\n{"http":%{http_code},"seconds":%{time_total}}\\n' "$@"; }`,
    ...(poll ? lookFunction(poll) : []),
    ...logs.flatMap(logReader),
    ...scenario.services.map(
      ({ variable, health }) =>
        `ask "$${variable}${health.path}" | jq -es ${quoted(`.[1].http == 200 and ${jqOf(health.condition)}`)}`,
    ),
  ];
}

function logReader({ name, log }: ServiceUse): readonly string[] {
  const variable = logVariable(name);
  return [
    `${variable}=\${${variable}:-${log?.default ?? ''}}`,
    `SINCE=$(date -u +%Y-%m-%dT%H:%M:%SZ)`,
    `log_of_${word(name)}() { case $${variable} in file:*) cat "\${${variable}#file:}" ;; *) docker compose logs --no-color --since "$SINCE" "\${${variable}#compose:}" ;; esac; }`,
  ];
}

function logVariable(service: string): string {
  return `SCENARIO_LOG_${word(service).toUpperCase()}`;
}

function word(name: string): string {
  return name.replaceAll(/[^A-Za-z0-9]/g, '_');
}

function blockOf(scenario: Resolved, step: Step): string {
  const lines: string[] = [];
  for (const act of step.acts) lines.push(...linesOf(scenario, act));
  return [...lines, ...verdictsOf(step)].join('\n');
}

/** What the act does; judgements on replies come together at the end of the block. */
function linesOf(scenario: Resolved, act: Act): readonly string[] {
  switch (act.kind) {
    case 'request':
      return [`${variableOf(act.reply)}=$(ask ${requestWords(scenario, act)})`];
    case 'capture':
      return [
        `${variableOf(act.capture)}=$(jq -rs '.[0]${act.field} // empty' <<<"$${variableOf(act.reply)}")`,
      ];
    case 'poll':
      return pollLines(scenario, act);
    case 'hold':
      return holdLines(scenario, act);
    case 'cli':
      return cliLines(act);
    default:
      return [];
  }
}

/** Looks at a URL again and again, as polls and holds do; the interval follows the time scale. */
function lookFunction(poll: PollAct): readonly string[] {
  const fields = [...poll.ends, ...poll.until].flatMap((terms) => terms.map(({ field }) => field));
  const shown = [
    ...new Set([...fields, ...(poll.progress === undefined ? [] : [poll.progress])]),
  ].filter((field) => field.startsWith('.'));
  return [
    `EVERY=$(jq -n --argjson scale "\${SCENARIO_TIME_SCALE:-1}" '$scale * ${poll.every}') # seconds between two looks`,
    `look() { # URL CONDITION TIMES: looks until the condition holds; SEEN is the last reply, ALL are all of them`,
    `  ALL=`,
    `  for _ in $(seq "$3"); do`,
    `    SEEN=$(ask "$1") && ALL+=$SEEN && jq -cs ${quoted(`.[0] | [${shown.join(', ')}]`)} <<<"$SEEN"`,
    `    if jq -es "$2" <<<"$SEEN" >/dev/null; then return; else sleep "$EVERY"; fi`,
    `  done`,
    `}`,
  ];
}

function pollLines(scenario: Resolved, act: PollAct): readonly string[] {
  const stop = jqOf([...act.until, ...act.ends]);
  return lookLines(scenario, act, stop, Math.ceil(act.within / act.every));
}

/** A hold looks for the moment in which its condition breaks. */
function holdLines(scenario: Resolved, act: HoldAct): readonly string[] {
  return lookLines(
    scenario,
    act,
    `${bracketed(act.while)} | not`,
    Math.ceil(act.for / act.every) + 1,
  );
}

function lookLines(
  scenario: Resolved,
  act: PollAct | HoldAct,
  condition: string,
  times: number,
): readonly string[] {
  const name = variableOf(act.reply);
  const judged = scenario.steps.some(({ acts }) =>
    acts.some((one) => one.kind === 'series' && one.reply === act.reply),
  );
  const kept = `${name}=$SEEN${judged ? ` ${name}_SEEN=$ALL` : ''}`;
  return [`look ${requestWords(scenario, act)} ${quoted(condition)} ${times}; ${kept}`];
}

function cliLines(act: CliAct): readonly string[] {
  const name = variableOf(act.reply);
  return [`${name}_EXIT=0`, `${name}=$(${act.argv.map(quoted).join(' ')}) || ${name}_EXIT=$?`];
}

/** The judgements of a step: one jq per reply, so that the last line tells of all of them. */
function verdictsOf(step: Step): readonly string[] {
  const byReply = new Map<string, string[]>();
  const captures = new Map<string, Set<string>>();
  const lines: string[] = [];
  const judge = (reply: string, condition: Condition): void => {
    byReply.set(reply, [...(byReply.get(reply) ?? []), bracketed(condition)]);
    captures.set(reply, new Set([...(captures.get(reply) ?? []), ...capturesIn(condition)]));
  };
  const others = new Set<string>();
  for (const act of step.acts) {
    if (act.kind === 'check' || act.kind === 'guard' || act.kind === 'require')
      judgeReply(act, judge, others);
    if (act.kind === 'poll') judge(act.reply, act.until);
    if (act.kind === 'hold') judge(act.reply, act.while);
    if (act.kind === 'capture')
      judge(act.reply, [
        [
          {
            field: act.field,
            comparisons: [
              act.matches === undefined
                ? { name: 'exists', value: true }
                : { name: 'matches', value: act.matches },
            ],
          },
        ],
      ]);
    if (act.kind === 'series') others.add(seriesLine(act));
    if (act.kind === 'log') for (const one of logLines(act)) others.add(one);
    if (act.kind === 'file') others.add(fileLine(act));
    if (act.kind === 'script') others.add(`bash ${quoted(`./${act.file}`)}`);
  }
  for (const [reply, conditions] of byReply) {
    const args = [...(captures.get(reply) ?? [])]
      .map((name) => ` --arg ${name} "$${variableOf(name)}"`)
      .join('');
    lines.push(
      `jq -es${args} ${quoted([...new Set(conditions)].join(' and '))} <<<"$${variableOf(reply)}"`,
    );
  }
  return [...lines, ...others].map((one, index, all) =>
    index < all.length - 1 ? `${one} &&` : one,
  );
}

function judgeReply(
  act: CheckAct | RequireAct,
  judge: (reply: string, condition: Condition) => void,
  others: Set<string>,
): void {
  const fields = act.condition.flatMap((terms) => terms.map(({ field }) => field));
  if (fields.some((field) => field === 'exit' || field === 'stdout' || field === 'stderr')) {
    for (const one of cliVerdicts(act)) others.add(one);
    return;
  }
  if (
    act.condition.some((terms) =>
      terms.some(({ comparisons }) => comparisons.some(({ name }) => name === 'lacks')),
    )
  ) {
    // A guard that only tells why the next judgement would fail says nothing to a person who reads that judgement.
    if (act.kind === 'check')
      others.add(
        `jq -cs '.[0]' <<<"$${variableOf(act.reply)}" # look: no stack trace, no path of the server`,
      );
    return;
  }
  // Times and headers are judged by the script; a person who pastes commands sees neither.
  if (fields.some((field) => field === 'elapsed' || field.startsWith('header:'))) return;
  judge(act.reply, act.condition);
}

function cliVerdicts(act: CheckAct | RequireAct): readonly string[] {
  const name = variableOf(act.reply);
  return (act.condition[0] ?? []).flatMap(({ field, comparisons }) =>
    field === 'stderr'
      ? []
      : comparisons.map((comparison) => {
          const source = field === 'exit' ? `--argjson it "$${name}_EXIT"` : `--arg it "$${name}"`;
          const program = jqOf([[{ field: 'body', comparisons: [comparison] }]]).replaceAll(
            '.[0]',
            '$it',
          );
          return `jq -en ${source} ${quoted(program)}`;
        }),
  );
}

function bracketed(condition: Condition): string {
  const program = jqOf(condition);
  return condition.length > 1 ? `(${program})` : program;
}

function seriesLine(act: SeriesAct): string {
  const program = `[.[] | .${act.path.replace(/^\./, '')}? | numbers] as $p | ${seriesJq(act.check)}`;
  return `jq -es ${quoted(program)} <<<"$${variableOf(act.reply)}_SEEN"`;
}

function logLines(act: LogAct): readonly string[] {
  const read = `log_of_${word(act.service)}`;
  const { look } = act;
  switch (look.name) {
    case 'present':
      return [`${read} | grep -F ${logText(look.text)}`];
    case 'matches':
      return [`${read} | grep -E ${quoted(look.text)}`];
    case 'absent':
      return [`${read} | grep -c ''`, `! ${read} | grep -F ${logText(look.text)}`];
    case 'clean': {
      const noise = look.noise.map((one) => ` | grep -Ev ${quoted(one)}`).join('');
      const ids = look.ids.map((id) => `-e "$${variableOf(id)}"`).join(' ');
      const own = ids === '' ? read : `${read} | grep -F ${ids}`;
      return [`${own} | grep -c ''`, `! ${own} | grep -E ${quoted(look.errors)}${noise}`];
    }
  }
}

/** A fixed text; `{id}` in it is the captured id. */
function logText(text: string): string {
  const parts = text.split(/(\{[a-z_]+\})/).filter((part) => part !== '');
  const known = /^\{(id|new_id)\}$/;
  return parts
    .map((part) =>
      known.test(part)
        ? `"$${variableOf(part.slice(1, -1))}"`
        : `'${part.replaceAll("'", String.raw`'\''`)}'`,
    )
    .join('');
}

function fileLine(act: FileAct): string {
  const path = quoted(act.path.startsWith('-') ? `./${act.path}` : act.path);
  switch (act.look.name) {
    case 'exists':
    case 'newer':
      return `[ -e ${path} ]`;
    case 'min-bytes':
      return `[ "$(wc -c <${path})" -ge ${act.look.bytes} ]`;
    case 'value':
      return `jq -es ${quoted(jqOf(act.look.condition))} ${path}`;
  }
}

function requestWords(scenario: Resolved, target: Target & { readonly body?: unknown }): string {
  const variable = scenario.services.find(({ name }) => name === target.service)?.variable ?? '';
  const method = target.method === 'GET' ? '' : `-X ${target.method} `;
  const url = `"$${variable}"${pathWords(target.path)}`;
  if (target.body === undefined) return `${method}${url}`;
  return `${method}${url} \\\n  -H 'Content-Type: application/json' \\\n  -d ${quoted(JSON.stringify(target.body))}`;
}

/** A path as shell words joined without blanks, captures as variables. */
function pathWords(path: string): string {
  return path
    .split(/(\{[a-z_]+\})/)
    .filter((part) => part !== '')
    .map((part) =>
      /^\{(?:id|new_id)\}$/.test(part) ? `"$${variableOf(part.slice(1, -1))}"` : quoted(part),
    )
    .join('');
}

function variableOf(name: string): string {
  return word(name).toUpperCase();
}

/** Whether the document needs the scenario's points for itself: those that only the script judges. */
export function judgedByScriptOnly(scenario: Resolved): readonly string[] {
  return pointsOf(scenario.steps).flatMap(({ point }) =>
    (point.kind === 'check' || point.kind === 'guard') &&
    point.condition.some((terms) =>
      terms.some(
        ({ field }) => field === 'elapsed' || field.startsWith('header:') || field === 'stderr',
      ),
    )
      ? [point.id]
      : [],
  );
}
