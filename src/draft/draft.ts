import type { Answers, Trigger } from '../answers/schema.ts';
import { defaults } from '../interview/defaults.ts';
import { operationOf, type Draft as SoFar } from '../interview/answers-so-far.ts';
import type { Category, Profile } from '../profile/schema.ts';
import type { Scenario } from '../scenario/scenario.ts';
import type { Filled, Read } from '../shell/command.ts';
import { categoryIn, type Guess } from './category.ts';
import { checksOf, type Check } from './checks.ts';
import { linked, type Link } from './links.ts';
import { shortened } from './shortened.ts';
import { scriptAt, settle } from './settle.ts';
import { jsonOf, triggerOf, type Finding, type ReadTrigger } from './trigger.ts';

/** What a document says of one scenario. */
export interface Material {
  readonly name: string;
  readonly line: number;
  readonly ref?: string;
  readonly milestone?: string;
  readonly purpose?: string;
  /** What must be so before it begins. */
  readonly prerequisites?: string;
  /** Its category as the document has it, in whatever words. */
  readonly category?: string;
  readonly commands: readonly Read[];
  /** Sentences about what should come out. */
  readonly expectations: readonly { readonly line: number; readonly text: string }[];
}

/** What became of the commands and sentences. */
export interface Steps {
  readonly checked: number;
  readonly script: number;
  readonly manual: number;
}

/** A scenario that was drafted from a document, with every guess and all that was wrong. */
export interface Drafted {
  readonly scenario?: Scenario;
  readonly steps: Steps;
  /** Programs of the document that the scenario runs, beside its file; none unless they were allowed. */
  readonly scripts: readonly {
    readonly path: string;
    readonly line: number;
    readonly text: string;
  }[];
  /** What a person has to look at, in the words of the document. */
  readonly byHand: readonly string[];
  readonly guesses: readonly Guess[];
  readonly findings: readonly Finding[];
}

type Started =
  | (ReadTrigger & { readonly line: number; readonly command: Read })
  | {
      readonly own: Extract<Trigger, { kind: 'cli' }>;
      readonly line: number;
      readonly command: Read;
    };

/** Drafts a scenario; without a trigger there is none, only findings. Programs of its own are run only where that is allowed. Pure. */
export function draftScenario(material: Material, profile: Profile, allowScript = false): Drafted {
  const links = linked(material.commands, profile);
  const started = startOf(material.commands, links, profile);
  if (!started.start) {
    const message = 'no request or command of the system sets it off, so no scenario is made of it';
    return {
      steps: counted(material, unread(material)),
      scripts: [],
      byHand: [],
      guesses: [],
      findings: [...started.findings, { line: material.line, message }],
    };
  }
  const { answers, guesses } = answersOf(material, started.start, links, profile);
  const checks = checksOf(material, { start: started.start.command, answers, links, profile });
  const settled = settle(answers, checks, material.line, profile, allowScript);
  return {
    ...(settled.scenario && { scenario: settled.scenario }),
    steps: counted(material, settled.checks),
    scripts: settled.checks.flatMap(({ line, script }) =>
      script === undefined || !allowScript ? [] : [{ path: scriptAt(line), line, text: script }],
    ),
    byHand: settled.checks.filter(isByHand).map(({ text }) => text),
    guesses,
    findings: [
      ...started.findings,
      ...checks.flatMap(({ findings }) => findings),
      ...(allowScript ? [] : refusedScripts(checks)),
      ...settled.findings,
    ],
  };
}

/** The command that sets it off: what starts an operation, else what changes something, else the first request. */
function startOf(
  commands: readonly Read[],
  links: readonly Link[],
  profile: Profile,
): { readonly start?: Started; readonly findings: readonly Finding[] } {
  const read = links.flatMap(({ command, request, located }) => {
    const one = triggerOf(request, profile, command.line);
    return 'trigger' in one && (located.endpoint || located.service !== undefined)
      ? [{ ...one, command, line: command.line }]
      : [];
  });
  const api =
    read.find(({ located }) => located.endpoint?.shape.starts !== undefined) ??
    read.find(
      ({ trigger, located }) =>
        trigger.method !== 'GET' &&
        located.endpoint?.shape.method !== 'GET' &&
        !isCancel(located.endpoint?.name, profile),
    ) ??
    read.find(({ located }) => located.endpoint !== undefined && !hasOpen(located.params)) ??
    read.find(({ located }) => !hasOpen(located.params));
  if (api) return { start: api, findings: api.findings };
  const own = commands.find((one) => one.kind === 'own' && one.argv.every(isKnown));
  if (own?.kind === 'own')
    return {
      start: {
        own: { kind: 'cli', command: own.argv.map(({ text }) => text) },
        command: own,
        line: own.line,
      },
      findings: [],
    };
  return { findings: [] };
}

function isCancel(name: string | undefined, { operations }: Profile): boolean {
  return Object.values(operations).some(({ cancel }) => cancel === name);
}

function hasOpen(params: Readonly<Record<string, string>>): boolean {
  return Object.values(params).some((value) => value.includes('${'));
}

function isKnown({ computed, variables, text }: Filled): boolean {
  return !computed && variables.length === 0 && text !== '';
}

function answersOf(
  material: Material,
  start: Started,
  links: readonly Link[],
  profile: Profile,
): { readonly answers: Answers; readonly guesses: readonly Guess[] } {
  const sent = 'own' in start ? start.own : start.trigger;
  const endpoint = 'own' in start ? undefined : start.located.endpoint;
  const base: SoFar = { name: material.name, trigger: sent };
  const domain = endpoint?.shape.domain ?? defaults.domain?.(base, profile) ?? '';
  const canCancel = operationOf({ ...base, domain }, profile) !== undefined;
  const cancels = links.some(({ located }) => isCancel(located.endpoint?.name, profile));
  const category = categoryIn(material, { cancels, canCancel });
  const isError = category.value === 'error';
  const data = 'own' in start || isError ? undefined : start.data;
  const trigger = isError && 'located' in start ? exact(start) : sent;
  const requires = modesIn(material, domain, profile);
  let soFar: SoFar = { ...base, domain, category: category.value };
  const calibration =
    suited(data?.calibration, category.value, profile) ??
    (isError ? undefined : defaults.calibration?.(soFar, profile));
  soFar = { ...soFar, ...(calibration === undefined ? {} : { calibration }) };
  const flow = flowOf(soFar, start, profile);
  const outcome = firstOutcome(material, { ...soFar, flow }, category.value, profile);
  return {
    answers: {
      name: material.name.slice(0, 120),
      domain,
      category: category.value,
      trigger,
      flow,
      outcome,
      ...(material.purpose === undefined ? {} : { purpose: material.purpose.slice(0, 500) }),
      ...(calibration === undefined ? {} : { calibration }),
      ...(requires && { requires }),
      ...(material.milestone === undefined ? {} : { milestone: material.milestone }),
      ...(material.ref === undefined ? {} : { ref: material.ref }),
    },
    guesses: [
      {
        field: 'trigger',
        line: start.line,
        value: shortened(start.command.text),
        reason: endpoint
          ? `it goes to ${endpoint.name}`
          : 'the first that the profile does not contradict',
        confidence: endpoint ? 'high' : 'low',
      },
      {
        field: 'domain',
        value: domain,
        reason: endpoint ? `that of ${endpoint.name}` : 'by the name',
        confidence: endpoint ? 'high' : 'low',
      },
      category,
      {
        field: 'calibration',
        value: typeof calibration === 'string' ? calibration : JSON.stringify(calibration ?? null),
        reason:
          data?.calibration === undefined ? 'what the profile proposes' : 'what the request sends',
        confidence: data?.calibration === undefined ? 'low' : 'high',
      },
    ],
  };
}

/** Of rows with the same data, the one that is named for the category. */
function suited(
  calibration: Answers['calibration'],
  category: Category,
  { calibrations }: Profile,
): Answers['calibration'] {
  const row = typeof calibration === 'string' ? calibrations[calibration] : undefined;
  const isSame = (other: typeof row): boolean =>
    other?.endpoint === row?.endpoint &&
    JSON.stringify(other?.parameters) === JSON.stringify(row?.parameters);
  const named =
    row &&
    Object.entries(calibrations).find(
      ([name, other]) => name.endsWith(`/${category}`) && isSame(other),
    );
  return named?.[0] ?? calibration;
}

/** The trigger with the body just as it was: what is refused is refused for what it holds. */
function exact({ trigger, command }: Extract<Started, ReadTrigger>): Trigger {
  const { body: _body, omit: _omit, ...rest } = trigger;
  const payload = command.kind === 'request' ? jsonOf(command.request) : undefined;
  return payload === undefined ? rest : { ...rest, payload };
}

/** The mode that the name or the prerequisites ask for, by its name or by the setting that its cure speaks of. */
function modesIn(
  { name, prerequisites = '' }: Material,
  domain: string,
  { modes }: Profile,
): Answers['requires'] {
  const values = Object.entries(modes[domain]?.values ?? {}).filter(
    ([value, { down }]) => value !== modes[domain]?.default && !down?.length,
  );
  const found = values.find(
    ([value, { cure }]) =>
      new RegExp(`\\b${value}\\b`, 'i').test(name) ||
      (cure.match(/\w+=\w+/g) ?? []).some((setting) => prerequisites.includes(setting)),
  );
  return found && { [domain]: found[0] };
}

function flowOf(soFar: SoFar, start: Started, profile: Profile): Answers['flow'] {
  const service = 'own' in start ? undefined : start.located.service;
  const usual = defaults.flow?.(soFar, profile) ?? [];
  if (service === undefined || usual.includes(service)) return [...usual];
  return [service];
}

function firstOutcome(
  { expectations }: Material,
  soFar: SoFar,
  category: Category,
  profile: Profile,
): Answers['outcome'] {
  if (category === 'error') {
    const refused = expectations
      .map(({ text }) => /\b(4\d\d|5\d\d)\b(?!\s*(?:ms|bars|s\b))/.exec(text)?.[1])
      .find(Boolean);
    if (refused !== undefined) return [{ response: { status: Number(refused) } }];
  }
  return defaults.outcome?.(soFar, profile) ?? [{ response: { status: 200 } }];
}

/** Where there is no scenario, nothing but the programs and sentences of the document. */
function unread({ commands, expectations }: Material): readonly Check[] {
  const acts = commands.filter(({ kind }) => !/^(?:script|note|setting|wait)$/.test(kind));
  return [...acts, ...expectations].map(({ line, text }) => ({ line, text, findings: [] }));
}

function counted({ commands }: Material, checks: readonly Check[]): Steps {
  const script = commands.filter(({ kind }) => kind === 'script').length;
  return {
    checked: checks.filter((one) => one.covered || one.outcome || one.addition).length,
    script,
    manual: checks.filter(isByHand).length,
  };
}

function isByHand({ covered, outcome, addition, script }: Check): boolean {
  return !covered && !outcome && !addition && !script;
}

function refusedScripts(checks: readonly Check[]): readonly Finding[] {
  return checks.flatMap(({ line, script }) =>
    script === undefined
      ? []
      : [
          {
            line,
            message:
              'a program of its own is left to a person; --allow-script makes it a script of the scenario',
          },
        ],
  );
}
