import type { Command } from './commands.ts';

/** Prints the version of the first of these packages that is found from a folder upward; ends with 1 where none is. */
const look = `const { argv, stdout, exit } = process;
const [from, ...names] = argv.slice(1);
for (const name of names) {
  try { stdout.write(require(require.resolve(name + '/package.json', { paths: [from] })).version); exit(0); } catch {}
}
exit(1);`;

/** The library by which a script drives a browser, as its `ui.mjs` finds it: `own` (SCENARIO_PLAYWRIGHT), else from the project's root upward. */
export function playwright(root: string, own: string): Command {
  const names = own === '' ? ['playwright-core', 'playwright'] : [own];
  return {
    name: 'playwright-core',
    programs: [['node', '-e', look, root, ...names]],
    cure:
      own === ''
        ? 'npm install --save-dev playwright-core, or set SCENARIO_PLAYWRIGHT to the folder where it is'
        : `there is none at SCENARIO_PLAYWRIGHT: ${own}; name the folder of playwright-core, or leave it out`,
  };
}
