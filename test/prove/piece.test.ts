import { expect, test } from 'vitest';
import type { Misled } from '../../src/prove/fault.ts';
import { programsOf } from '../../src/prove/piece-programs.ts';
import { maySee } from '../../src/prove/piece-sight.ts';
import { bakery } from '../support/ktrdr.ts';

test.each([
  [
    'what every piece uses is none of them',
    'set -e; curl -fsS "$URL" | jq -e .ok && test -s out.csv',
    [],
  ],
  [
    'in pipes, substitutions and behind what only wraps them',
    'x=$(timeout 5 bakery list | wc -l); sudo psql -c "SELECT 1"',
    ['bakery', 'psql'],
  ],
  [
    'functions of its own are none, and paths cannot be stood in for',
    'f() { python3 a.py; }; f; ./tools/judge',
    ['python3'],
  ],
  ['what cannot be read has none', 'if [ (', []],
])('programs of a piece of bash: %s', (_what, text, programs) => {
  expect(programsOf(text)).toEqual(programs);
});

const services = Object.keys(bakery.services).map((name) => ({ name }));
const captures: Misled = { by: 'captures', names: ['order'] };

test.each<[text: string, misled: Misled, sees: boolean]>([
  ['curl "$URL/$order"', captures, true],
  ['curl "$URL/$orders"', captures, false],
  ['python3 judge.py', captures, true],
  ['. ./lib.sh', captures, true],
  ['grep ready "${SCENARIO_LOG_COUNTER#file:}"', { by: 'logs' }, true],
  ['grep ready my.log', { by: 'logs' }, false],
  ['ls "$SCENARIO_EVIDENCE_DIR"', { by: 'evidence' }, true],
  ['true', { by: 'evidence' }, false],
  ['curl "$URL"', { by: 'commands', exit: 97 }, false],
])('%s: what is made wrong by %o comes before its eyes: %s', (text, misled, sees) => {
  expect(maySee(text, misled, { services })).toBe(sees);
});
