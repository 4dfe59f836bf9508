/**
 * Reads vitest's JSON report and closes with one plain line of counts. Where `../shared` is there, a skipped test that needs it is
 * a failure: the tests against the recordings must not fall silent. Usage: report.ts REPORT.json
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';

const reportSchema = z.object({
  testResults: z.array(
    z.object({ assertionResults: z.array(z.object({ fullName: z.string(), status: z.string() })) }),
  ),
});

const [path = ''] = process.argv.slice(2);
const report = reportSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
const tests = report.testResults.flatMap(({ assertionResults }) => assertionResults);
const skipped = tests.filter(({ status }) => status !== 'passed' && status !== 'failed');
const failed = tests.filter(({ status }) => status === 'failed').length;
const silent = existsSync(join(import.meta.dirname, '..', '..', 'shared'))
  ? skipped.filter(({ fullName }) => /\bshared\b/.test(fullName))
  : [];

for (const { fullName } of skipped) process.stdout.write(`skipped: ${fullName}\n`);
for (const { fullName } of silent) process.stdout.write(`must not be skipped here: ${fullName}\n`);
process.stdout.write(
  `${tests.length - failed - skipped.length} passed, ${failed + silent.length} failed, ${skipped.length} skipped\n`,
);
process.exitCode = failed + silent.length > 0 ? 1 : 0;
