import * as z from 'zod';
import { answersShape, outcomeShapes, type Answers } from '../answers/schema.ts';
import {
  additionId,
  extraStepShape,
  lockNames,
  needsShape,
  setupStep,
  use,
} from './extra-step-shape.ts';
import { slugOf } from './slug.ts';

const { ref, accept, ...storedAnswers } = answersShape;

const override = z.strictObject({
  text: z.string().min(1).optional(),
  means: z.string().min(1).optional(),
  at: z.string().min(1).optional(),
  /** Seconds of a poll or hold. */
  every: z.number().positive().optional(),
  within: z.number().positive().optional(),
  for: z.number().positive().optional(),
});

const addition = z.strictObject({
  id: additionId,
  text: z.string().min(1).optional(),
  means: z.string().min(1).optional(),
  response: outcomeShapes.response.optional(),
  state: outcomeShapes.state.optional(),
  log: outcomeShapes.log.optional(),
  file: outcomeShapes.file.optional(),
  cli: outcomeShapes.cli.optional(),
  anyOf: outcomeShapes.anyOf.optional(),
  ui: outcomeShapes.ui.optional(),
  database: outcomeShapes.database.optional(),
  /** A script beside scenario.yaml that a person wrote; green when it exits 0. */
  script: z
    .string()
    .regex(/^(?!.*\.\.)[\w./-]+$/, {
      error: 'a file beside scenario.yaml, such as checks/model.sh',
    })
    .optional(),
  /** Nothing a machine decides: a person looks. */
  manual: z.literal(true).optional(),
  /** Or a step of its own, with its points. */
  ...extraStepShape,
});

/** Why a check lets more pass than it did at an earlier commit, or is gone. */
export const weakenedShape = z.strictObject({
  /** Id of the point, as it was. */
  check: z.string().min(1),
  because: z.string().regex(/\w{3}/, { error: 'the reason, in words' }),
});

/** What `scenario.yaml` holds (contract, section 3): answers and explicit changes; nothing resolved. */
export const scenarioFileSchema = z.strictObject({
  schema: z.literal(1, { error: 'must be 1, the version of this format' }),
  profile: z.string().min(1),
  answers: z.strictObject(storedAnswers),
  ref,
  accept,
  standalone: z.boolean().optional(),
  overrides: z.record(z.string(), override).optional(),
  /** Scenarios that this one builds on. */
  uses: z.array(use).min(1).optional(),
  /** Steps before all others, each with what brings back what it changed. */
  setup: z.array(setupStep).min(1).optional(),
  additions: z.array(addition).optional(),
  /** What a person must allow before it runs, and why. */
  needs: needsShape.optional(),
  /** What only one run at a time may touch. */
  locks: lockNames.optional(),
  /** Why a check is weaker than it was; it speaks for the change with which it came. */
  weakened: z.array(weakenedShape).min(1).optional(),
});

/** The content of `scenario.yaml`. */
export type ScenarioFile = z.infer<typeof scenarioFileSchema>;
/** A criterion or step that a person added to what the playbook and the outcomes give. */
export type Addition = z.infer<typeof addition>;

/** The hinge: everything before makes one, everything after reads one. The id is its place, `<domain>/<slug>`. */
export interface Scenario extends ScenarioFile {
  readonly id: string;
}

/** The scenario that these answers describe. */
export function draft(answers: Answers, profileName: string): Scenario {
  const { ref: legacy, accept: accepted, ...stored } = answers;
  return {
    id: `${answers.domain}/${slugOf(answers.name)}`,
    schema: 1,
    profile: profileName,
    answers: stored,
    ...(legacy === undefined ? {} : { ref: legacy }),
    ...(accepted === undefined ? {} : { accept: accepted }),
  };
}
