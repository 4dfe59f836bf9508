import { describe, expect, test } from 'vitest';
import { checkAnswers } from '../../src/answers/check.ts';
import { scriptView } from '../../src/files/script.ts';
import { checkReferences } from '../../src/profile/references.ts';
import type { Profile } from '../../src/profile/schema.ts';
import { checksHash } from '../../src/scenario/checks-hash.ts';
import { tellsVersion } from '../../src/scenario/modes.ts';
import { resolve, type Resolution } from '../../src/scenario/resolve.ts';
import { draft } from '../../src/scenario/scenario.ts';
import { bakeryAnswers } from '../bakery/answers.ts';
import { bakery } from '../support/ktrdr.ts';

const value = { expect: [], down: [], source: 'made up' };
const profile: Profile = {
  ...bakery,
  versions: {
    ...bakery.versions,
    service: 'counter',
    known: {
      first: {
        title: 'coal',
        expect: [{ path: '.gas', exists: false }],
        also: {},
        changes: {},
        source: 'made up',
      },
      second: {
        title: 'gas',
        expect: [{ path: '.gas', exists: true }],
        also: { mill: [{ path: '.gas', equals: 1 }] },
        changes: {},
        source: 'made up',
      },
    },
  },
  services: {
    ...bakery.services,
    mill: {
      ...bakery.services['counter'],
      title: 'Mill',
      variable: 'MILL_URL',
    } as Profile['services'][string],
  },
  modes: {
    flour: {
      title: 'Where flour comes from',
      default: 'mill',
      variable: 'FLOUR',
      values: {
        mill: { ...value, title: 'the mill', cure: 'start the mill' },
        none: { ...value, title: 'nowhere', cure: 'stop the mill', down: ['mill'] },
      },
    },
  },
};

function resolved(requires: Record<string, string>): Resolution {
  const checked = checkAnswers({ ...bakeryAnswers.smoke, requires }, profile);
  if (!checked.answers) return { problems: checked.problems };
  return resolve(draft(checked.answers, profile.name), profile);
}

function script(requires: Record<string, string>): readonly string[] {
  const { resolved: scenario, problems } = resolved(requires);
  if (!scenario) throw new Error(JSON.stringify(problems));
  const { declarations } = scriptView(scenario, { runtime: '', root: '' }) as {
    declarations: readonly string[];
  };
  return declarations;
}

describe('what a scenario requires becomes preflight', () => {
  test.each([
    ['the first, where it is asked', ['counter', 'mill'], ['counter']],
    ['another one that tells it', ['mill'], ['mill']],
    ['the first all the same, where nothing else tells it', ['cellar'], ['counter']],
  ])('a version, by the health check of %s', (_name, services, told) => {
    const found = tellsVersion({ profile, version: 'second' }, new Set(services));
    expect(found.map(([service]) => service)).toEqual(told);
  });

  test('which version it is for changes nothing of what was proven', () => {
    const [one, two] = [{}, { version: 'second' }].map((requires) => resolved(requires).resolved);
    if (!one || !two) throw new Error('it does not resolve');
    expect(two.settings).not.toEqual(one.settings);
    expect(checksHash(two)).toBe(checksHash(one));
  });

  test('a version, by the health check of its service', () => {
    expect(script({ version: 'second' })).toContainEqual(
      expect.stringMatching(/^setup counter 'version second \(gas\)' \.gas exists true cure=/),
    );
    expect(script({}).filter((line) => line.startsWith('setup '))).toEqual([]);
  });

  test('a mode, by its variable, with how to come into it', () => {
    expect(script({ flour: 'none' })).toContainEqual(
      "mode FLOUR none 'Where flour comes from: nowhere' default=mill cure='stop the mill, and say so with FLOUR=none'",
    );
  });

  test('a service that must be down, and is asked nothing else', () => {
    const lines = script({ flour: 'none' }).filter((line) => line.includes(' mill '));
    expect(lines).toEqual([
      'service mill MILL_URL default=http://localhost:7070',
      "down mill /ping cure='stop the mill'",
    ]);
  });

  test('and the way in which the sandbox is started', () => {
    expect(resolved({ version: 'second', flour: 'none' }).resolved).toMatchObject({
      modes: { flour: 'none' },
      version: 'second',
    });
    expect(resolved({}).resolved).toMatchObject({ modes: { flour: 'mill' } });
  });
});

test.each([
  [{ version: 'secnd' }, 'requires.version', 'second'],
  [{ flour: 'mil' }, 'requires.flour', 'mill'],
  [{ fluor: 'mill' }, 'requires.fluor', 'flour'],
])('%j is a problem at %s, with the nearest', (requires, path, nearest) => {
  expect(resolved(requires as unknown as Record<string, string>).problems).toContainEqual(
    expect.objectContaining({ path, nearest }),
  );
});

test('a mode that nothing tells is a mistake of the profile', () => {
  const { variable: _variable, ...silent } = profile.modes['flour'] as Profile['modes'][string];
  const messages = checkReferences({ ...profile, modes: { flour: silent } }).map(
    ({ message }) => message,
  );
  expect(messages).toContainEqual(expect.stringContaining('nothing tells that the system is in'));
});
