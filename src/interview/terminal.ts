import type { Readable, Writable } from 'node:stream';
import type inquirerModule from 'inquirer';
import type { PromptModule, StreamOptions } from 'inquirer';
import type ScreenManager from 'inquirer/lib/utils/screen-manager.js';
import type { Interface } from 'node:readline';
import { Back, Interrupted, type Ask } from './ask.ts';
import { Keyboard } from './keyboard.ts';
import { promptsOf } from './prompts.ts';
import { wrapped } from '../files/wrap.ts';

/** Where a person sits. */
export interface Streams {
  readonly input: Readable;
  readonly output: Writable & { readonly columns?: number; readonly rows?: number };
  readonly signal: AbortSignal;
}

/** Asks at a terminal with plop's inquirer while `use` runs; the terminal is as before afterwards, whatever happens. */
export async function atTerminal<T>(
  inquirer: typeof inquirerModule,
  streams: Streams,
  use: (ask: Ask) => Promise<T>,
): Promise<T> {
  const keyboard = new Keyboard(streams.input, streams.output);
  try {
    return await use(asking(inquirer, keyboard, streams));
  } finally {
    keyboard.close();
  }
}

function asking(inquirer: typeof inquirerModule, keyboard: Keyboard, streams: Streams): Ask {
  const { output } = streams;
  const prompt = inquirer.createPromptModule({
    input: keyboard,
    output,
  } as unknown as StreamOptions);
  const own = promptsOf(inquirer);
  prompt.registerPrompt('line', own.line);
  prompt.registerPrompt('pick', own.pick);
  const size = (): { rows: number; columns: number } => ({
    rows: output.rows ?? 24,
    columns: output.columns ?? 80,
  });
  const ask = async (question: object): Promise<unknown> => {
    const answers = await answered(prompt, question, keyboard, streams);
    return (answers as { readonly answer: unknown }).answer;
  };
  return {
    size,
    say(text) {
      const lines = text.split('\n').flatMap((line) => {
        const indent = /^ */.exec(line)?.[0] ?? '';
        const room = size().columns - 1 - indent.length;
        return wrapped(line, room).map((one) => indent + one);
      });
      output.write(`${lines.join('\n')}\n`);
    },
    show(lines) {
      output.write(lines.map((line) => `${line}\n`).join(''));
    },
    async type(question) {
      const { label, check } = question;
      const typed = await ask({
        type: 'line',
        name: 'answer',
        message: padded(label),
        about: question,
        validate: (text: string) => {
          const problem = check?.(text.trim());
          if (problem !== undefined) setImmediate(() => keyboard.listen());
          return problem ?? true;
        },
      });
      return String(typed).trim();
    },
    async choose({ label, hint = '', choices, selected = 0 }) {
      const index = await ask({
        type: 'pick',
        name: 'answer',
        message: padded(label),
        hint,
        options: choices,
        choices: choices.map((_, value) => ({ name: String(value), value })),
        default: Math.max(0, selected),
        size,
      });
      const chosen = choices[Number(index)];
      if (!chosen) throw new Error(`there is no choice ${String(index)}`);
      return chosen.value;
    },
  };
}

/** Answers stand below each other. */
function padded(label: string): string {
  return label.padEnd(9);
}

/** What inquirer's types keep to themselves. */
interface OpenUi {
  readonly rl: Interface & {
    readonly closed: boolean;
    readonly input: Readable;
    readonly output: Writable & { unmute(): void };
  };
  readonly activePrompt?: { readonly status: string; readonly screen: ScreenManager };
  readonly onForceClose: () => void;
  close(): void;
}

/**
 * One question. Inquirer 9 ends the whole process with a signal on Ctrl-C, and never settles when its input ends; so its
 * own handlers are taken off, and leaving is an error that the caller sees.
 */
async function answered(
  prompt: PromptModule,
  question: object,
  keyboard: Keyboard,
  { signal, output }: Streams,
): Promise<unknown> {
  if (signal.aborted) throw new Interrupted();
  return new Promise((resolve, reject) => {
    const asked = prompt([question as { name: string }]);
    const ui = asked.ui as unknown as OpenUi;
    ui.rl.removeListener('SIGINT', ui.onForceClose);
    const stop = (): void => {
      signal.removeEventListener('abort', interrupt);
      ui.rl.input.removeListener('keypress', escaped);
      ui.rl.removeListener('close', closed);
    };
    const leave = (error: Error): void => {
      stop();
      ui.rl.output.unmute();
      if (error instanceof Back)
        ui.activePrompt?.screen.clean(ui.activePrompt.screen.extraLinesUnderPrompt);
      // Inquirer's close() pauses the readline, which Node 24 refuses of one that Ctrl-D has closed.
      if (ui.rl.closed) ui.rl.pause = () => ui.rl;
      ui.close();
      if (error instanceof Interrupted) output.write('\n');
      reject(error);
    };
    const interrupt = (): void => leave(new Interrupted());
    const closed = (): void => {
      if (ui.activePrompt?.status !== 'answered') interrupt();
    };
    const escaped = (_typed: unknown, key: { readonly name?: string } | undefined): void => {
      if (key?.name === 'escape') leave(new Back());
    };
    ui.rl.on('SIGINT', interrupt);
    ui.rl.on('close', closed);
    ui.rl.input.on('keypress', escaped);
    signal.addEventListener('abort', interrupt, { once: true });
    asked.finally(stop).then(resolve, reject);
    keyboard.listen();
  });
}
