import type {
  Act,
  CliAct,
  FindAct,
  FollowAct,
  HoldAct,
  LogAct,
  PollAct,
} from '../scenario/acts.ts';
import type { Resolved, ServiceUse, Step } from '../scenario/model.ts';
import { quoted } from '../shell/quote.ts';
import {
  capturesOf,
  logVariable,
  originWord,
  requestWords,
  variableOf,
  word,
} from './bash-words.ts';
import { jqOf } from './jq.ts';
import { pageFile } from './page.ts';
import { bracketed, logText, verdictsOf } from './judgements.ts';

/** One numbered command of the document: plain bash, curl and jq, to be pasted into one shell after the others. */
export interface Command {
  readonly title: string;
  readonly bash: string;
  readonly expected: string;
}

/**
 * The commands of the document: the shell's set-up with the preflight, then one per step. The last line of each tells. `folder` is
 * the scenario's own, from the project's root.
 */
export function commandsOf(
  scenario: Resolved,
  folder = `generated/${scenario.id}`,
): readonly Command[] {
  return [
    {
      title: 'Set up the shell, and see that the services are healthy',
      bash: setUp(scenario).join('\n'),
      expected: expectedUp(scenario),
    },
    ...scenario.steps.flatMap((step) => {
      const bash = blockOf(scenario, step, folder);
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

/** The shell's set-up: addresses, functions, and a look at each service's health. */
export function setUp(scenario: Pick<Resolved, 'services' | 'steps'>): readonly string[] {
  const poll = scenario.steps
    .flatMap(({ acts }) => acts)
    .find((act) => act.kind === 'poll' || act.kind === 'follow');
  const logs = scenario.services.filter(({ log }) => log);
  return [
    ...scenario.services.map(
      ({ variable, default: origin }) => `${variable}=\${${variable}:-${origin}}`,
    ),
    ...scenario.services.flatMap(({ variable, own }) =>
      own
        ? [`export ${own.variable}="$${variable}"${own.path === '' ? '' : quoted(own.path)}`]
        : [],
    ),
    `ask() { curl -qsS --noproxy '*' --max-time 30 -w '\\n{"http":%{http_code},"seconds":%{time_total}}\\n' "$@"; }`,
    ...(poll ? lookFunction(poll) : []),
    ...logs.flatMap(logReader),
    ...logs.flatMap(beaconLine),
    ...scenario.services
      .filter(({ down }) => down !== undefined)
      .map(({ variable, health }) => `! ask "$${variable}${health.path}" # must not answer`),
    ...upOf(scenario).map(
      ({ variable, health }) =>
        `ask "$${variable}${health.path}" | jq -es ${quoted(`.[1].http == 200 and ${jqOf(health.condition)}`)}`,
    ),
  ];
}

/** Reads what was logged since the set-up, as the script does: another test's lines are none of ours. */
function upOf({ services }: Pick<Resolved, 'services'>): readonly ServiceUse[] {
  return services.filter(({ down }) => down === undefined);
}

function expectedUp(scenario: Resolved): string {
  const down = scenario.services.filter((one) => one.down !== undefined);
  return [
    ...(down.length === 0 ? [] : [`${namesOf(down)} not reachable`]),
    `${namesOf(upOf(scenario))} healthy: true`,
  ].join('; ');
}

function namesOf(services: readonly ServiceUse[]): string {
  return services.map(({ name }) => name).join(', ');
}

function logReader({ name, log }: ServiceUse): readonly string[] {
  const variable = logVariable(name);
  const from = `FROM_${word(name).toUpperCase()}`;
  return [
    `${variable}=\${${variable}:-${log?.default ?? ''}}`,
    `SINCE=$(date -u +%Y-%m-%dT%H:%M:%SZ) ${from}=$(case $${variable} in file:*) wc -c <"\${${variable}#file:}" ;; esac)`,
    `log_of_${word(name)}() { case $${variable} in file:*) tail -c "+$((${from} + 1))" "\${${variable}#file:}" ;; *) docker compose logs --no-color --since "$SINCE" "\${${variable}#compose:}" ;; esac; }`,
  ];
}

/** A line that the log must hold, so that what it doesn't hold says something. */
function beaconLine({ variable, log }: ServiceUse): readonly string[] {
  if (!log?.beacon) return [];
  const [before = '', after = ''] = log.beacon.path.split('{nonce}');
  return [
    `ask "$${variable}"${quoted(before)}hello-$$${after === '' ? '' : quoted(after)} >/dev/null # its log holds this`,
  ];
}

function blockOf(scenario: Resolved, step: Step, folder: string): string {
  const lines: string[] = [];
  for (const act of step.acts) lines.push(...linesOf(scenario, act, folder));
  return [...lines, ...verdictsOf(step, capturesOf(scenario))].join('\n');
}

/** What the act does; judgements on replies come together at the end of the block. */
function linesOf(scenario: Resolved, act: Act, folder: string): readonly string[] {
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
    case 'take':
      return [
        `${variableOf(act.capture)}=$(jq -rs '.[0]${act.field} // empty' <<<"$${variableOf(act.reply)}")`,
      ];
    case 'follow':
      return [
        `${variableOf(act.reply)}=$${variableOf(act.otherwise)}`,
        `if [ -n "$ID" ]; then look ${requestWords(scenario, act)} ${quoted(jqOf(act.ends))} ${Math.ceil(act.within / act.every)}; ${variableOf(act.reply)}=$SEEN; fi`,
      ];
    case 'ui':
      return [
        `${variableOf(act.reply)}=$(node ${quoted(`${folder}/${pageFile}`)} ${originWord(scenario, act.service)})`,
      ];
    case 'cli':
      return cliLines(act);
    case 'query':
      return [
        `${variableOf(act.reply)}_EXIT=0; ${variableOf(act.reply)}=$(psql -XqAt "$${act.variable}" -c ${quoted(readable(act.query))}) || ${variableOf(act.reply)}_EXIT=$?`,
        `jq . <<<"$${variableOf(act.reply)}"`,
      ];
    case 'log':
      return takenLines(scenario, act);
    case 'launch':
      return [
        `${variableOf(act.command)}_OUT=$(mktemp); ${act.argv.map(quoted).join(' ')} >"$${variableOf(act.command)}_OUT" &`,
        `${variableOf(act.command)}_PID=$!`,
      ];
    case 'find':
      return act.sole ? [] : findLines(scenario, act);
    case 'collect':
      return [
        `${variableOf(act.reply)}_EXIT=0; wait "$${variableOf(act.reply)}_PID" || ${variableOf(act.reply)}_EXIT=$?`,
        `${variableOf(act.reply)}=$(cat "$${variableOf(act.reply)}_OUT")`,
      ];
    default:
      return [];
  }
}

/** Looks at a URL again and again, as polls and holds do; the interval follows the time scale. */
function lookFunction(poll: PollAct | FollowAct): readonly string[] {
  const goal = poll.kind === 'poll' ? poll.until : [];
  const fields = [...poll.ends, ...goal].flatMap((terms) => terms.map(({ field }) => field));
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

/** The id of the item that was not in the list before: asked again until it is there. */
function findLines(scenario: Resolved, act: FindAct): readonly string[] {
  const list = (place: string): string => `[${place}${act.items}[]? | ${act.item}]`;
  const terms =
    (act.where[0] ?? []).length === 0 ? 'true' : jqOf(act.where).replaceAll('.[0].', '.');
  const program = `(${list('.[0]')}) as $old | [.[2]${act.items}[]? | select(${terms}) | ${act.item} | select(. as $one | $old | index($one) | not)] | first // empty`;
  const name = variableOf(act.capture);
  return [
    `for _ in $(seq ${act.within * 2}); do`,
    `  SEEN=$(ask ${requestWords(scenario, act)}); ${name}=$(jq -rs ${quoted(program)} <<<"$${variableOf(act.before)}$SEEN")`,
    `  if [ -n "$${name}" ]; then break; else sleep 0.5; fi`,
    `done`,
    `[ -n "$${name}" ] && echo "$${name}"`,
  ];
}

/** The query as the script asks it: its rows as JSON. */
function readable(query: string): string {
  return `WITH q AS (${query}) SELECT json_build_object('count', (SELECT count(*) FROM q), 'rows', (SELECT coalesce(json_agg(q), '[]') FROM q))`;
}

/** What a line of a log tells, as a variable of the shell. */
function takenLines(scenario: Resolved, { service, look }: LogAct): readonly string[] {
  if (look.name !== 'present' || look.takes === undefined) return [];
  const text = logText(look.text, capturesOf(scenario));
  const found = `log_of_${word(service)} | grep -F ${text} | grep -Eo ${quoted(look.takes.matches)}`;
  return [`${variableOf(look.takes.capture)}=$(${found} | tail -n 1)`];
}

function cliLines(act: CliAct): readonly string[] {
  const name = variableOf(act.reply);
  return [`${name}_EXIT=0`, `${name}=$(${act.argv.map(quoted).join(' ')}) || ${name}_EXIT=$?`];
}
