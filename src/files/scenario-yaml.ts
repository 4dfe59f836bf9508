import { stringify } from 'yaml';
import type { Scenario } from '../scenario/scenario.ts';

/** The text of `scenario.yaml`: the source of everything else, so it is written once and not rewritten. */
export function scenarioYaml(scenario: Scenario): string {
  const { id: _id, ...stored } = scenario;
  return stringify(stored, {
    lineWidth: 0,
    blockQuote: false,
    aliasDuplicateObjects: false,
    // Over several lines, prettier 3.10 takes the escaped blank off the end of a line, and the line break with it.
    doubleQuotedMinMultiLineLength: Number.MAX_SAFE_INTEGER,
  });
}
