/** Where things are, as a new `scenario.config.yaml` says it. */
export interface Settled {
  readonly profile: string;
  readonly output: string;
  readonly index: string;
  readonly guide: string;
}

/** The configuration of a new project: every setting, what it is for, and its value. */
export function configText({ profile, output, index, guide }: Settled): string {
  return `# What \`scenario\` works on in this project. Every setting is optional.
profile: ${profile} # a profile that is shipped, one in profiles/<name>/, or a folder such as ./profiles/mine
output: ${output} # the scenarios, one folder each
index: ${index} # the rows between its markers are derived, the rest is yours
guide: ${guide} # named here, it must be there: \`scenario check\` sees to it
# profileVersion: a version that the profile knows
# templates: a folder whose files replace the shipped templates one by one
`;
}

/** What version control shall not keep: runs and caches, and the addresses of a sandbox that runs here. */
const ignored: readonly (readonly [rule: string, what: string])[] = [
  ['.scenario/', 'runs, evidence and caches of `scenario`'],
  ['.env.sandbox', 'addresses of the sandbox that runs here'],
];

/** The ignore file with the rules that it lacks at its end; what is there stays. */
export function ignoreText(present: string | undefined): string {
  const rules = new Set((present ?? '').split(/\r?\n/).map((line) => line.trim()));
  const missing = ignored.filter(([rule]) => !rules.has(rule) && !rules.has(`/${rule}`));
  const before = present === undefined || present === '' || present.endsWith('\n') ? '' : '\n';
  return `${present ?? ''}${missing.length > 0 ? before : ''}${missing
    .map(([rule, what]) => `# ${what}\n${rule}\n`)
    .join('')}`;
}

/** A job for GitHub Actions, to be put where the project's others are. */
export const ciText = `# A job for GitHub Actions: copy it to .github/workflows/, or take its steps into a workflow of your own.
name: scenarios
on: [push, pull_request]
jobs:
  scenarios:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
        with: { fetch-depth: 0 }
      - uses: actions/setup-node@v4
        with: { node-version: 20 }
      - run: npm ci
      # Documents, scripts, index and guide are what the scenario files and the profile give.
      - run: npx --no -- scenario check
      # Start your services here; without them this is red, and says what is missing.
      - run: npx --no -- scenario doctor
      - run: npx --no -- scenario run --all
      # Could they fail? What changed, and three more, always the same: on the sandbox, or on what scenario run ID --record-exchanges
      # kept. A scenario that has neither is told, and is no reason to be red.
      - run: npx --no -- scenario prove --changed "origin/\${{ github.event.repository.default_branch }}" --sample 3 --where-possible
`;
