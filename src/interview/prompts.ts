import type inquirerModule from 'inquirer';
import type { ListQuestionOptions, InputQuestionOptions, PromptModule } from 'inquirer';
import type InputPrompt from 'inquirer/lib/prompts/input.js';
import type ListPrompt from 'inquirer/lib/prompts/list.js';
import colors from 'picocolors';
import type { Choice, TextQuestion } from './ask.ts';
import { wrapped } from '../files/wrap.ts';

/** What our line is asked. */
interface LineOptions extends InputQuestionOptions {
  readonly about: TextQuestion;
}

/** What our list is asked. */
interface PickOptions extends ListQuestionOptions {
  readonly options: readonly Choice<unknown>[];
  readonly hint: string;
  readonly size: () => { readonly rows: number; readonly columns: number };
}

type PromptClass = Parameters<PromptModule['registerPrompt']>[1];

/** Our two prompts, made from those of this very inquirer: a second copy would have classes of its own. */
export function promptsOf(inquirer: typeof inquirerModule): {
  readonly line: PromptClass;
  readonly pick: PromptClass;
} {
  const { prompts } = inquirer.createPromptModule();
  return {
    line: linePrompt(prompts['input'] as unknown as typeof InputPrompt<LineOptions>),
    pick: pickPrompt(prompts['list'] as unknown as typeof ListPrompt<PickOptions>),
  };
}

/** Inquirer's input with a text that stands there to be edited, and a line below that follows what is typed. */
function linePrompt(Input: typeof InputPrompt<LineOptions>): PromptClass {
  class LinePrompt extends Input {
    protected override _run(done: (value: unknown) => void): void {
      // oxlint-disable-next-line no-underscore-dangle -- inquirer's name for what a prompt overrides
      super._run(done);
      const { prefill = '' } = this.opt.about;
      // A line break would end the line before anyone saw it.
      if (prefill !== '' && !/\p{Control}/u.test(prefill)) {
        Object.assign(this.rl, { line: prefill, cursor: prefill.length });
        this.render();
      }
    }

    protected override render(error?: string): void {
      const { hint = '', nothing = '' } = this.opt.about;
      const question = this.getQuestion();
      if (this.status === 'answered') {
        const shown = String(this.answer).trim();
        this.screen.render(
          question + (shown === '' ? colors.dim(nothing) : colors.cyan(shown)),
          '',
        );
        return;
      }
      const typed = this.rl.line;
      const below = typeof hint === 'string' ? hint : hint(typed);
      this.screen.render(
        question + typed,
        error ? colors.red(`  ${error}`) : below === '' ? '' : colors.dim(`  ${below}`),
      );
    }
  }
  return LinePrompt;
}

/** Inquirer's list with a second line to each choice, letters that choose at once, and lines that fit the terminal. */
function pickPrompt(List: typeof ListPrompt<PickOptions>): PromptClass {
  class PickPrompt extends List {
    protected override _run(done: (value: unknown) => void): void {
      const listening = (typed: string | undefined): void => {
        const index = this.opt.options.findIndex(({ key }) => key !== undefined && key === typed);
        if (index < 0) return;
        this.selected = index;
        this.rl.emit('line', '');
      };
      const input = (this.rl as unknown as { readonly input: NodeJS.ReadableStream }).input;
      input.on('keypress', listening);
      // oxlint-disable-next-line no-underscore-dangle -- as above
      super._run((value) => {
        input.off('keypress', listening);
        done(value);
      });
    }

    protected override render(): void {
      const { options, hint } = this.opt;
      const question = this.getQuestion();
      const chosen = options[this.selected];
      if (this.status === 'answered') {
        this.screen.render(question + colors.cyan(chosen?.short ?? chosen?.name ?? ''), '');
        return;
      }
      const { rows, columns } = this.opt.size();
      const lines = options.flatMap((one, index) =>
        choiceLines(one, index === this.selected, columns - 1),
      );
      const shown = visible(lines, rows - 3);
      // The cursor stays hidden until the prompt is done: there is nothing to type.
      this.screen.render(
        `${question}${colors.dim(hint)}\n${shown.map(({ text }) => text).join('\n')}\u001b[?25l`,
        '',
      );
    }
  }
  return PickPrompt;
}

interface ShownLine {
  readonly text: string;
  readonly selected: boolean;
}

function choiceLines(
  choice: Choice<unknown>,
  selected: boolean,
  columns: number,
): readonly ShownLine[] {
  const [first = '', ...rest] = wrapped(choice.name, columns - 2);
  const names = [`${selected ? '❯' : ' '} ${first}`, ...rest.map((line) => `  ${line}`)];
  const details =
    (choice.detail ?? '') === ''
      ? []
      : wrapped(choice.detail ?? '', columns - 4).map((line) => `    ${line}`);
  return [
    ...names.map((text) => ({ text: selected ? colors.cyan(text) : text, selected })),
    ...details.map((text) => ({ text: colors.dim(text), selected })),
  ];
}

/** As many lines as fit, among them those of the selected choice. */
function visible(lines: readonly ShownLine[], room: number): readonly ShownLine[] {
  const most = Math.max(4, room);
  if (lines.length <= most) return lines;
  const last = lines.findLastIndex(({ selected }) => selected);
  const first = lines.findIndex(({ selected }) => selected);
  const start = Math.min(Math.max(0, last - most + 2), first, lines.length - most);
  return lines.slice(start, start + most);
}
