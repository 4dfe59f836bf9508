/** A command that scenarios may need, how to ask for its version, and how to get it. */
export interface Command {
  readonly name: string;
  /** The programs that will do, tried in this order, with the words that make them tell their version. */
  readonly programs: readonly (readonly string[])[];
  /** The oldest version that will do, such as `1.6`. */
  readonly atLeast?: string;
  readonly cure: string;
  /** To be there is enough: it may know no word for its version. */
  readonly anyEnd?: boolean;
}

const debian = (name: string): string =>
  `apt-get install ${name} (Debian, Ubuntu), brew install ${name} (macOS)`;

/** What every script needs: `/bin/bash` itself, since that is what its first line names. */
export const always: readonly Command[] = [
  {
    name: 'bash',
    programs: [['/bin/bash', '--version']],
    atLeast: '3.2',
    cure: debian('bash'),
  },
  { name: 'curl', programs: [['curl', '-q', '--version']], cure: debian('curl') },
  { name: 'jq', programs: [['jq', '--version']], atLeast: '1.6', cure: debian('jq') },
];

/** What some kinds of check need. A cure that the profile has for a command of this name comes first. */
export const sometimes: readonly Command[] = [
  {
    name: 'docker',
    programs: [['docker', 'compose', 'version']],
    cure: 'install Docker with its compose plugin, or set SCENARIO_LOG_<SERVICE>=file:<path of the log>',
  },
  {
    name: 'browser',
    programs: [
      'chromium',
      'chromium-browser',
      'google-chrome',
      'google-chrome-stable',
      '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    ].map((name) => [name, '--version']),
    cure: 'install Chromium or Chrome, or set SCENARIO_BROWSER to where it is',
  },
  {
    name: 'psql',
    programs: [['psql', '--version']],
    cure: 'apt-get install postgresql-client (Debian, Ubuntu), brew install libpq (macOS)',
  },
];

/** The commands that a kind of act needs. */
export const neededBy: { readonly [act: string]: readonly string[] } = {
  ui: ['browser', 'playwright-core'],
  query: ['psql'],
};

/** The version in what a program printed: `jq-1.7.1` → `1.7.1`. */
export function versionIn(text: string): string | undefined {
  return /\d+(?:\.\d+)+/.exec(text)?.[0];
}

/** Whether a version is not older than another. */
export function isAtLeast(version: string, oldest: string): boolean {
  const [left, right] = [version, oldest].map((one) => one.split('.').map(Number));
  for (const [index, wanted] of (right ?? []).entries()) {
    const has = left?.[index] ?? 0;
    if (has !== wanted) return has > wanted;
  }
  return true;
}
