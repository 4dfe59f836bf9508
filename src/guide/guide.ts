import { cleanupOf, commandsOf, setUp } from '../files/commands.ts';
import { unsealed } from '../files/hash.ts';
import type { Ink } from '../files/ink.ts';
import type { Profile } from '../profile/schema.ts';
import type { ServiceUse } from '../scenario/model.ts';
import { patternsOf, type Pattern } from './patterns.ts';
import { endpointExample, healthExample, quickCheck } from './requests.ts';
import {
  categoryTable,
  dataTables,
  logTable,
  operationTable,
  serviceTable,
  toolList,
} from './tables.ts';
import { logCounts } from './log-counts.ts';

/** What the template of the testing guide prints: everything from the profile, nothing typed. */
export function guideView(profile: Profile, ink: Ink): object {
  const patterns = patternsOf(profile);
  const shell = setUpOf(patterns);
  return {
    title: ink.inline(profile.title),
    profile: ink.inline(profile.name),
    version: ink.inline(
      `${profile.versions.default}: ${profile.versions.known[profile.versions.default]?.title ?? ''}`,
    ),
    services: serviceTable(profile, ink),
    health: Object.entries(profile.services).map(([name, { title, health }]) => {
      const { bash, expected } = healthExample(name, profile);
      return {
        title: ink.inline(title),
        block: ink.block('bash', bash),
        expected: ink.markdown(expected),
        cure: ink.markdown(health.cure),
        note: health.note === undefined ? '' : ink.markdown(health.note),
      };
    }),
    quickCheck: ink.block('bash', quickCheck(profile)),
    categories: categoryTable(profile, ink),
    setUp: shell === '' ? '' : ink.block('bash', shell),
    patterns: patterns.map((pattern, index) => patternView(pattern, index + 1, profile, ink)),
    operations: operationTable(profile, ink),
    domains: Object.entries(profile.domains).flatMap(([domain, { title }]) => {
      const endpoints = endpointViews(domain, profile, ink);
      return endpoints.length === 0 ? [] : [{ title: ink.inline(title), endpoints }];
    }),
    data: dataTables(profile, ink),
    logs: logTable(profile, ink),
    logBlock: profile.logPatterns.length === 0 ? '' : ink.block('bash', logCounts(profile)),
    commands: profile.cli.map(
      ({ title, argv, note }) =>
        `${ink.inline(title)}: ${ink.code(argv.join(' '))}${note === undefined ? '' : ` (${ink.markdown(note)})`}`,
    ),
    tools: toolList(profile, ink),
    troubles: profile.troubleshooting.map(({ symptom, cause, cure }) => ({
      symptom: ink.markdown(symptom),
      cause: ink.markdown(cause),
      cure: cure.map((one) => ink.markdown(one)),
    })),
    differences: profile.differences.map(
      ({ says, truth, source }) =>
        `They say: ${ink.markdown(says)}. In truth: ${ink.markdown(truth)} (${ink.markdown(source)}).`,
    ),
    hash: unsealed,
  };
}

/** One set-up that serves all patterns: each service that any of them uses, with its log where any reads it. */
function setUpOf(patterns: readonly Pattern[]): string {
  const scenarios = patterns.flatMap(({ scenario }) => (scenario ? [scenario] : []));
  if (scenarios.length === 0) return '';
  const services = new Map<string, ServiceUse>();
  for (const use of scenarios.flatMap((one) => one.services))
    if (services.get(use.name)?.log === undefined) services.set(use.name, use);
  const steps = scenarios.flatMap((one) => one.steps);
  return setUp({ services: [...services.values()], steps }).join('\n');
}

function patternView(
  { title, category, scenario }: Pattern,
  number: number,
  profile: Profile,
  ink: Ink,
): object {
  const { when, example } = profile.categories[category];
  const cleanup = scenario ? cleanupOf(scenario) : '';
  return {
    number,
    title,
    category,
    lead: [
      ['When', when],
      ['For example', example],
      ...(scenario?.calibration ? [['Why this data', scenario.calibration.why]] : []),
    ].map(([what, text = '']) => `**${what}**: ${ink.markdown(text)}`),
    // The first command is the set-up, which all patterns share.
    commands: (scenario ? commandsOf(scenario).slice(1) : []).map((command, index) => ({
      number: index + 1,
      title: ink.inline(command.title),
      block: ink.block('bash', command.bash),
      expected: ink.inline(command.expected),
    })),
    cleanup: cleanup === '' ? '' : ink.block('bash', cleanup),
    none: scenario
      ? ''
      : 'This profile has no endpoint and data on which the pattern could be shown.',
  };
}

function endpointViews(domain: string, profile: Profile, ink: Ink): readonly object[] {
  return Object.entries(profile.endpoints)
    .filter(([, endpoint]) => endpoint.domain === domain)
    .map(([name, endpoint]) => {
      const { bash, expected } = endpointExample(endpoint, name, profile);
      return {
        title: ink.inline(endpoint.title),
        name: ink.code(name),
        route: ink.code(`${endpoint.method} ${endpoint.path}`),
        block: ink.block('bash', bash),
        expected: ink.inline(expected),
        note: endpoint.note === undefined ? '' : ink.markdown(endpoint.note),
      };
    });
}
