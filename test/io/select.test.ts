import { expect, test } from 'vitest';
import type { IndexRow } from '../../src/files/index-page.ts';
import { changedAmong } from '../../src/io/changed.ts';
import { selectIds, type Selection } from '../../src/io/select.ts';
import { notWell } from '../../src/run/session.ts';

const row = (id: string, milestone?: string): IndexRow => ({
  id,
  name: id,
  domain: id.split('/')[0] as string,
  category: 'smoke',
  durationSeconds: 1,
  standing: { status: 'not-run' },
  ...(milestone === undefined ? {} : { milestone }),
});
const rows = [row('bread/a', 'M1'), row('bread/b'), row('cake/a', 'M1')];
const known = rows.map(({ id }) => id);

const selected: readonly (readonly [Partial<Selection>, readonly string[]])[] = [
  [{ ids: ['bread/*'] }, ['bread/a', 'bread/b']],
  [{ ids: ['*/a', 'bread/a'] }, ['bread/a', 'cake/a']],
  [{ ids: ['{cake,bread}/a'] }, ['bread/a', 'cake/a']],
  [{ milestone: 'M1' }, ['bread/a', 'cake/a']],
  [{ milestone: 'M1', domain: 'cake' }, ['cake/a']],
  [{ among: [['cake/a', 'gone/x']] }, ['cake/a']],
  [{ all: true, domain: 'bread' }, ['bread/a', 'bread/b']],
  [{ all: true, among: [['cake/a'], ['bread/a']] }, []],
  [{ ids: ['bread/*'], among: [['bread/b']] }, ['bread/b']],
];
test.each(selected)('%j selects %j', (selection, ids) => {
  expect(selectIds({ ids: [], ...selection }, known, () => rows)).toEqual(ids);
});

test.each([
  [{ ids: ['pie/*'] }, 'no scenario matches pie/*'],
  [{ ids: [], milestone: 'M9' }, 'no scenario has milestone M9'],
  [{ ids: [] }, 'no scenario is named'],
])('%j is refused', (selection, message) => {
  expect(() => selectIds(selection, known, () => rows)).toThrow(message);
});

test.each([
  [['out/bread/a/scenario.yaml', 'README.md'], ['bread/a']],
  [['out/bread/a/result.json', 'out/bread/b/proof.json'], []],
  [['out/runtime.sh'], known],
  [['out/bread/a.txt'], []],
])('a change of %j is one of %j', (paths, ids) => {
  expect(changedAmong(paths, known, 'out')).toEqual(ids);
});

test('not well is what was red in any round at its last try, or was not begun', () => {
  const planned = ['a/green', 'a/red', 'a/retried', 'a/never', 'a/once'].map((id) => ({
    id,
    name: id,
    domain: 'a',
    category: 'smoke',
  }));
  const run = (id: string, round: number, well: boolean): object => ({
    id,
    round,
    well,
    folder: '',
  });
  const runs = [
    ...[1, 2].flatMap((round) => [run('a/green', round, true), run('a/red', round, round === 1)]),
    run('a/retried', 1, false),
    run('a/retried', 1, true),
    run('a/retried', 2, true),
    run('a/once', 1, true),
  ] as Parameters<typeof notWell>[0]['runs'];
  expect(notWell({ planned, repeat: 2, runs })).toEqual(['a/red', 'a/never', 'a/once']);
});
