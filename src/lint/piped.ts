import type { Command, Pipeline } from 'unbash';
import { perScript } from '../shell/per-script.ts';
import { nameOf } from '../shell/words.ts';

/** A pipe that ends in a search. */
interface Piped {
  readonly pipeline: Pipeline;
  readonly grep: Command;
}

/** The pipes of a script that end in grep. */
export const piped = perScript((script): readonly Piped[] =>
  script.all('Pipeline').flatMap((pipeline) => {
    const last = pipeline.commands.at(-1);
    return pipeline.commands.length > 1 &&
      last?.type === 'Command' &&
      /^[ef]?grep$/.test(nameOf(last))
      ? [{ pipeline, grep: last }]
      : [];
  }),
);
