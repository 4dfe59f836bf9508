import * as z from 'zod';
import { category, endpointName, name, source, text } from './words.ts';

/**
 * What the system is known to do wrong. The points that it turns red say so (`known-defect`) and stop nothing; a run in which
 * nothing else is red can be told from one that found something new.
 */
export const knownDefect = z
  .strictObject({
    id: name,
    /** One clause: what is wrong. */
    title: text,
    /** Since which version, or which day, it is known. */
    since: text,
    /** Where it shows: of each list that is given, the scenario must be in one; of `modes`, in all. */
    versions: z.array(name).optional(),
    domains: z.array(name).optional(),
    categories: z.array(category).optional(),
    /** Endpoints that the scenario triggers, or starts its operation with. */
    endpoints: z.array(endpointName).optional(),
    modes: z.record(name, name).optional(),
    /** Ids of the points that it turns red: of evidence, outcomes or additions. */
    points: z.array(name).default([]),
    /**
     * The lines that it writes into a service's log (a POSIX extended regular expression). They count neither as noise nor as an
     * error of the run: a point of their own asks for them, in the whole window of the run.
     */
    log: z.strictObject({ service: name, matches: text }).optional(),
    source,
  })
  .refine(({ points, log }) => points.length > 0 || log !== undefined, {
    error: 'name the points that it turns red, or the lines that it writes into a log',
  });
