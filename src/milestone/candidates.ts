import type { Block, Section } from '../markdown/tree.ts';
import { labelsOf } from './capability.ts';
import { saying } from './words.ts';

/** Where a plan says how to see a milestone at work. */
export interface Candidate {
  readonly heading: string;
  readonly line: number;
  readonly endLine: number;
  readonly blocks: readonly Block[];
  readonly sections: readonly Section[];
}

const endToEnd = /\be2e\b|\bend[- ]to[- ]end\b/;
const proof =
  /\b(?:(?<!for )validations?|verifications?|verify|smoke test|acceptance (?:tests?|scenarios?)|integration test(?:s|ing)?|test scenarios?|manual test(?:s|ing)?)\b/;
const task = /^(?:task\s+[a-z]?\d+(?:\.\d+)*[a-z]?|\d+(?:\.\d+)+[a-z]?)\s*[:.—–-]?\s/;
/** A task that begins so makes something; it tries nothing out. */
const making =
  /^(?:create|add|update|extract|write|implement|build|design|document|define|prepare|refactor|set up)\b/;
/** Sections that speak about the plan, not about the system at work. */
const aside =
  /^(?:(?:unit|required) |architecture|design|reference|decisions?|key decisions?|notes?|risks?|dependenc|files?\b|open questions|summary|context|overview|background|task (?:summary|list|overview)|out of scope|branch|appendix)/;

/** The sections that say how to see the milestone at work, outermost first in order; else the labels that do. */
export function candidatesIn(
  section: Section,
  isMilestone: (section: Section) => boolean,
): readonly Candidate[] {
  const found = inSections(section, isMilestone);
  return found.length > 0 ? found : byLabels(section);
}

function inSections(
  section: Section,
  isMilestone: (section: Section) => boolean,
): readonly Candidate[] {
  return section.sections.flatMap((inner) => {
    if (isMilestone(inner)) return [];
    return isCandidate(inner)
      ? [
          {
            heading: inner.title,
            line: inner.line,
            endLine: inner.endLine,
            blocks: inner.blocks,
            sections: inner.sections,
          },
        ]
      : inSections(inner, isMilestone);
  });
}

function isCandidate(section: Section): boolean {
  const says = saying(section.title);
  if (aside.test(says)) return false;
  const type = typeOf(section);
  if (task.test(says) || /^task\b/.test(says)) {
    if (
      /^(?:validation|verification|e2e)/.test(type) ||
      /\((?:validation|verification)\)/.test(says)
    )
      return true;
    const name = says.replace(task, '');
    return (
      !making.test(name) &&
      (endToEnd.test(name) ||
        (/validation|verif/.test(name) && !/^(?:coding|implementation|config)/.test(type)))
    );
  }
  return !making.test(says) && (endToEnd.test(says) || proof.test(says));
}

function typeOf({ blocks }: Section): string {
  for (const block of blocks)
    for (const { label, text } of labelsOf(block))
      if (/^(?:task )?type$/.test(label)) return saying(text);
  return '';
}

/** A document of milestones often says `**E2E Test:**` in bold and goes on below it, up to the next bold label. */
function byLabels(section: Section): readonly Candidate[] {
  const found: Candidate[] = [];
  for (const [at, block] of section.blocks.entries()) {
    const label = labelsOf(block).find(
      ({ label: name }) => endToEnd.test(name) || /^(?:verification|validation)\b/.test(name),
    );
    if (!label) continue;
    const rest = section.blocks.slice(at + 1);
    const next = rest.findIndex((below) => {
      const name = below.kind === 'paragraph' ? labelsOf(below)[0]?.label : undefined;
      return name !== undefined && name !== '' && !partOfTest.test(name);
    });
    const below = next === -1 ? rest : rest.slice(0, next);
    const own: Block = {
      kind: 'list',
      ordered: false,
      line: label.line,
      endLine: block.endLine,
      items:
        label.text.trim() === ''
          ? []
          : [{ line: label.line, endLine: block.endLine, text: label.text, blocks: [] }],
    };
    found.push({
      heading: label.label.replace('e2e', 'E2E'),
      line: label.line,
      endLine: below.at(-1)?.endLine ?? block.endLine,
      blocks: [own, ...below],
      sections: [],
    });
  }
  return found;
}

/** Labels that go on with a test rather than begin something else. */
const partOfTest =
  /^(?:steps?|test steps?|execution|expected|success|acceptance|pass|criteria|prerequisites?|purpose|duration|sanity|evidence|setup|cleanup|commands?|run|verify)/;
