import type { Rule } from './rule.ts';
import { absenceRules } from './rules/absence.ts';
import { alwaysRules } from './rules/always.ts';
import { branchRules } from './rules/branches.ts';
import { defaultRules } from './rules/defaults.ts';
import { exitRules } from './rules/exits.ts';
import { idRules } from './rules/ids.ts';
import { nothingRules } from './rules/nothing.ts';
import { orderRules } from './rules/jq-order.ts';
import { resultRules } from './rules/jq-results.ts';
import { logRules } from './rules/logs.ts';
import { pollRules } from './rules/polls.ts';
import { replyRules } from './rules/replies.ts';
import { eitherEndRules } from './rules/either-end.ts';
import { lostRules } from './rules/lost.ts';
import { pythonRules } from './rules/python.ts';
import { replyTextRules } from './rules/reply-text.ts';
import { lastStatusRules } from './rules/last-status.ts';
import { statusRules } from './rules/statuses.ts';
import { swallowedRules } from './rules/swallowed.ts';
import { valueRules } from './rules/values.ts';

/** Every rule on scripts; docs/lint.md has a section for each, in this order. */
export const rules: readonly Rule[] = [
  ...replyRules,
  ...statusRules,
  ...resultRules,
  ...orderRules,
  ...defaultRules,
  ...valueRules,
  ...nothingRules,
  ...absenceRules,
  ...alwaysRules,
  ...idRules,
  ...swallowedRules,
  ...branchRules,
  ...eitherEndRules,
  ...exitRules,
  ...lastStatusRules,
  ...lostRules,
  ...pythonRules,
  ...logRules,
  ...replyTextRules,
  ...pollRules,
];
