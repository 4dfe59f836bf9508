import { logVariable } from './bash-words.ts';

/** What a new profile is made of; everything else is added by its owner. */
export interface NewProfile {
  readonly name: string;
  readonly title: string;
  readonly domain: string;
  readonly service: string;
  readonly url: string;
  readonly healthPath: string;
  /** A JSON path of the health reply, and the text that it holds when all is well. */
  readonly healthField: string;
  readonly healthValue: string;
}

/** What is asked for a new profile, in this order, each with its proposal. */
export const profileQuestions: readonly {
  readonly key: Exclude<keyof NewProfile, 'name'>;
  readonly question: string;
  readonly proposal: (name: string) => string;
}[] = [
  { key: 'title', question: 'What is the system called?', proposal: (name) => name },
  { key: 'domain', question: 'Its first domain (a folder of scenarios)', proposal: () => 'main' },
  { key: 'service', question: 'Its first service', proposal: () => 'api' },
  { key: 'url', question: 'Where that runs', proposal: () => 'http://localhost:8080' },
  { key: 'healthPath', question: 'The path of its health check', proposal: () => '/health' },
  { key: 'healthField', question: 'A field of that reply', proposal: () => '.status' },
  { key: 'healthValue', question: 'What it holds when all is well', proposal: () => 'ok' },
];

/** The files of a new profile: small, with a comment for each part, and whole enough to load and to make a first scenario of. */
export function newProfileFiles(
  profile: NewProfile,
): readonly { readonly name: string; readonly text: string }[] {
  return [
    { name: 'profile.yaml', text: profileText(profile) },
    { name: 'services.yaml', text: servicesText(profile) },
    { name: 'endpoints.yaml', text: endpointsText(profile) },
  ];
}

const source = 'to be named: a recording, a document, a measurement';

function profileText({ name, title, domain }: NewProfile): string {
  return `# What a profile is made of: docs/profiles.md; every field: \`scenario schema profile\`. Each fact names its source.
schema: 1
name: ${name}
title: ${json(title)}

versions:
  default: first
  known:
    first: { title: the one that runs now, source: ${json(source)} }

# Folders of scenarios, in the order in which the index shows them.
domains:
  ${domain}: { title: ${json(capital(domain))} }

# When to use which kind of test, in the words of this system. atLeastSeconds: data that are done sooner are too small.
categories:
  smoke: { title: Smoke, when: quick validation that something works, example: ask and get an answer, source: ${json(source)} }
  progress: { title: Progress, when: verify a long-running operation, example: watch it grow, atLeastSeconds: 10, tooSmall: too few looks see it half done, source: ${json(source)} }
  cancellation: { title: Cancellation, when: verify that stopping works, example: start it and cancel it half done, atLeastSeconds: 10, tooSmall: nothing to cancel, source: ${json(source)} }
  error: { title: Error, when: verify a graceful failure, example: send what is not valid, source: ${json(source)} }
  integration: { title: Integration, when: verify that parts work together, example: follow one thing from end to end, source: ${json(source)} }

# What no reply may show (jq regular expressions).
leaks:
  - { id: stack-trace, text: no stack trace, lacks: 'Traceback \\(most recent call last\\)|\\n\\s+at [^ ]+ \\(', source: ${json(source)} }

# Long-running operations, data that fit a test, known log lines and cures come next: see docs/profiles.md.
`;
}

function servicesText(profile: NewProfile): string {
  const { name, service, url, healthPath, healthField, healthValue } = profile;
  return `# The services: where each one is, and how to see that it is well.
services:
  ${service}:
    title: ${json(capital(service))}
    purpose: ${json(`answers for ${profile.title}`)}
    variable: ${variableOf(name, service)} # holds its address where it is not the default
    default: ${json(url)}
    health:
      path: ${json(healthPath)}
      expect:
        - { path: ${json(healthField)}, equals: ${json(healthValue)} }
      cure: start it, or set ${variableOf(name, service)} to where it runs
      source: ${json(source)}
    # log: # where its log is, so that scenarios can read it
    #   default: file:logs/${service}.log # or compose:${service}
    #   errors: ERROR
    #   cure: set ${logVariable(service)}=file:<path>
    #   source: …
    source: ${json(source)}

# Parts inside a service, which a flow may name.
components: {}
`;
}

function endpointsText(profile: NewProfile): string {
  const { domain, service, healthPath, healthField, healthValue } = profile;
  const field = json(healthField);
  return `# What can be called, and what a good reply looks like. This one makes a first smoke scenario.
endpoints:
  ${domain}.health:
    title: Read the health
    domain: ${domain}
    service: ${service}
    method: GET
    path: ${json(healthPath)}
    accepted:
      status: 200
      expect:
        - { path: ${field}, equals: ${json(healthValue)} }
    # For what answers at once: what must not be empty, and within how many seconds it is there.
    answer: { nonEmpty: [{ path: ${field}, exists: true }], within: 2 }
    source: ${json(source)}
`;
}

/** JSON is YAML, whatever was typed. */
function json(text: string): string {
  return JSON.stringify(text);
}

function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

/** `BAKERY_COUNTER_URL`. */
function variableOf(name: string, service: string): string {
  return `${name}-${service}-url`.toUpperCase().replaceAll('-', '_');
}
