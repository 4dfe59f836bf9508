import type { PlannedFile } from '../../src/io/commit.ts';
import type { Tree } from './tree.ts';

/** A tree and what is to be put into it. */
export interface Case {
  readonly before: Tree;
  readonly files: readonly PlannedFile[];
  readonly remove?: readonly string[];
}

export const staging = 'generated/.staging';

const script = { path: 'generated/training/x/run.sh', text: '#!/bin/bash\n', executable: true };
const document = { path: 'generated/training/x/scenario.md', text: 'new document\n' };
const index = { path: 'docs/testing/SCENARIOS.md', text: 'new index\n' };

export const cases: Readonly<Record<string, Case>> = {
  'a first scenario, no output folder yet': {
    before: { 'README.md': 'r' },
    files: [document, script, index],
  },
  'an output folder that is there and empty': {
    before: { 'generated/': '' },
    files: [document, index],
  },
  'an empty folder that is to be filled': {
    before: { 'generated/training/x/': '', 'docs/testing/SCENARIOS.md': 'old' },
    files: [document, script, index],
  },
  'files that are replaced': {
    before: { [document.path]: 'old', [`${script.path}*`]: 'old', [index.path]: 'old index' },
    files: [document, script, index],
  },
  'only the mode changes': { before: { [script.path]: script.text }, files: [script] },
  'one of three is as planned': {
    before: { [document.path]: document.text, [script.path]: 'old' },
    files: [document, script, index],
  },
  'a scenario that moves': {
    before: {
      'generated/data/y/scenario.md': 'y',
      'generated/data/y/run.sh*': 'y',
      [index.path]: 'old',
    },
    files: [document, script, index],
    remove: ['generated/data/y/scenario.md', 'generated/data/y/run.sh', 'generated/data/y/absent'],
  },
  'only removals': {
    before: { 'generated/data/y/scenario.md': 'y', 'generated/z': 'z' },
    files: [],
    remove: ['generated/data/y/scenario.md'],
  },
  'everything is as planned': { before: { [document.path]: document.text }, files: [document] },
};
