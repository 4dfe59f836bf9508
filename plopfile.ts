import type { NodePlopAPI } from 'plop';
import type { Caller } from './src/interview/generator.ts';

/**
 * The doorbell: one generator, its questions from `src/interview`, one action. Nothing is loaded before someone is asked,
 * because plop ends with 0 when a plopfile cannot be loaded, and with 1 when a question or an action fails.
 */
// oxlint-disable-next-line import/no-default-export -- plop calls the default export of its file
export default function plopfile(plop: NodePlopAPI, caller: Caller = {}): void {
  plop.setGenerator('scenario', {
    description: 'an end-to-end scenario: document, script and index entry',
    prompts: async (inquirer) =>
      (await import('./src/interview/generator.ts')).askAnswers(
        inquirer,
        plop.getDestBasePath(),
        caller,
      ),
    actions: [async (asked) => (await import('./src/interview/generator.ts')).writeScenario(asked)],
  });
}
