import { that } from '../condition.ts';
import type { Operation } from '../../profile/schema.ts';
import type { Context, Named } from '../context.ts';
import type { SeriesAct, SeriesCheck } from '../acts.ts';
import type { Step } from '../model.ts';
import { completionBound, lower, step, completes } from './parts.ts';
import { commandEnds } from './launching.ts';
import { startStep } from './start.ts';

/** Progress (contract, section 5): it can be watched, what is shown is believable, and it took long enough to tell. */
export function progress(context: Context): readonly Step[] {
  const { operation } = context;
  if (!operation) return [];
  return [
    startStep(context, operation),
    watchStep(context, operation),
    ...commandEnds(context, 'completed'),
    believableStep(operation),
  ];
}

function watchStep(context: Context, operation: Named<Operation>): Step {
  const what = lower(operation.title);
  const within = completionBound(context);
  const least = shortest(context);
  return step(`Watch the ${what} to its end`, operation.worker, `it completes within ${within} s`, [
    ...completes(context, operation, 'watch'),
    {
      kind: 'guard',
      id: 'long-enough',
      text: `it took at least ${least} s`,
      reply: 'watch',
      condition: that('elapsed', 'gte', least),
      means: 'the data are too small: there was nothing to watch',
      at: operation.worker,
    },
  ]);
}

/**
 * Seconds below which there was nothing to watch: half the shortest calibrated duration, so that a machine twice as fast
 * still counts, and never less than the profile asks of the category.
 */
function shortest(context: Context): number {
  const category = context.profile.categories.progress.atLeastSeconds ?? 0;
  return Math.max(Math.floor((context.calibration?.seconds.min ?? 0) / 2), category);
}

function believableStep(operation: Named<Operation>): Step {
  const { full, restart } = operation.progress;
  const point = (id: string, text: string, check: SeriesCheck): SeriesAct => ({
    kind: 'series',
    id,
    text,
    reply: 'watch',
    path: operation.progress.path,
    check,
  });
  const unit = full === 100 ? ' %' : '';
  return step(
    'Judge the progress that was seen',
    operation.worker,
    'it grew from start to end, in steps',
    [
      point('mid-way-seen', `progress was seen strictly between 0 and ${full}${unit}`, {
        name: 'strictly-between',
        low: 0,
        high: full,
      }),
      point('moves', 'at least 3 different values were seen', { name: 'distinct', value: 3 }),
      point('never-over', `progress never exceeds ${full}${unit}`, {
        name: 'never-over',
        value: full,
      }),
      point(
        'never-falls',
        restart
          ? `progress never falls, but for the known restart from at most ${restart.from}${unit}`
          : 'progress never falls',
        { name: 'never-falls', ...(restart ? { restart: restart.from } : {}) },
      ),
      point('ends-full', `progress ends at ${full}${unit}`, { name: 'ends-at', value: full }),
    ],
  );
}
