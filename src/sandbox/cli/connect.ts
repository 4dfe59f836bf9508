import type { Json } from '../http.ts';
import { Exit, log, type Answer, type Io } from './io.ts';
import { httpLog } from './operation.ts';
import { complain } from './print.ts';

/** Attempts of a request, a second apart (guide ktrdr-cli section 2: about 4 s until it gives up). */
const attempts = 4;

/** The two clients of KTRDR's command, which log under their own names. */
type Client = 'api_client' | 'async_cli_client';

/** Asks again while nobody answers, or while the answer is a server's error; the last answer. */
export async function retried(io: Io, client: Client, ask: () => Promise<Answer>): Promise<Answer> {
  for (let attempt = 1; ; attempt += 1) {
    // oxlint-disable-next-line no-await-in-loop -- one attempt after the other
    const answer = await ask();
    if ((answer && answer.status < 500) || attempt === attempts) return answer;
    const what = answer ? `API server error (HTTP ${answer.status})` : 'Connection failed';
    log(
      io,
      'WARNING',
      `ktrdr.cli.${client}`,
      `${what}, retrying in 1.0s (attempt ${attempt}/${attempts})`,
    );
    // oxlint-disable-next-line no-await-in-loop
    await io.sleep(1);
  }
}

/** The symbols are asked for first. `told` is the address that the message names, `quiet` leaves out the line of the HTTP library. */
export async function connect(
  io: Io,
  { told, quiet = false }: { readonly told: string; readonly quiet?: boolean },
): Promise<void> {
  const answer = await retried(io, 'api_client', async () => {
    const one = await io.ask('GET', '/symbols');
    if (!quiet) httpLog(io, 'GET', '/symbols', one);
    return one;
  });
  if (!answer || answer.status >= 300) throw notConnected(io, told);
}

/** Tells that nobody answers; the end of the command. */
export function notConnected(io: Io, told: string): Exit {
  complain(io, 'Error: Could not connect to KTRDR API server');
  complain(io, `Make sure the API server is running at ${told}`);
  return new Exit(1);
}

/** One request with its line in the log. */
export async function asked(io: Io, method: string, path: string, body?: Json): Promise<Answer> {
  const answer = await io.ask(method, path, body);
  httpLog(io, method, path, answer);
  return answer;
}
