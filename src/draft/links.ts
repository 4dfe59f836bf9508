import type { Profile } from '../profile/schema.ts';
import { withDefaults } from '../shell/filled.ts';
import type { HttpRequest, Look, Read } from '../shell/command.ts';
import { locate, type Located } from './locate.ts';

/** A request with all that looks at its reply. */
export interface Link {
  readonly command: Read;
  readonly request: HttpRequest;
  readonly located: Located;
  /** What is looked at, here and in later commands. */
  readonly looks: readonly (Look & { readonly line: number; readonly into?: string })[];
  /** Commands that only look at this reply. */
  readonly looking: readonly Read[];
}

/** Where a request goes; the port may stand in a variable that the text itself fills. */
function placed(
  request: HttpRequest,
  settings: Readonly<Record<string, string>>,
  profile: Profile,
): Located {
  const found = locate(request, profile);
  const origin = withDefaults(request.origin, { ...request.url.defaults, ...settings });
  return found.service !== undefined && found.endpoint
    ? found
    : locate({ ...request, origin }, profile);
}

/** The requests of a text, each with the later looks at its reply, by the variable that holds it. */
export function linked(commands: readonly Read[], profile: Profile): readonly Link[] {
  const links: {
    command: Read;
    request: HttpRequest;
    located: Located;
    looks: (Look & { line: number; into?: string })[];
    looking: Read[];
  }[] = [];
  const holds = new Map<string, number>();
  const settings: Record<string, string> = {};
  for (const command of commands) {
    if (command.kind === 'setting' && command.value !== undefined)
      for (const name of command.names) settings[name] = command.value;
    if (command.kind === 'request' || command.kind === 'poll') {
      const { request, looks } = command;
      const into = command.kind === 'request' ? command.into : undefined;
      links.push({
        command,
        request,
        located: placed(request, settings, profile),
        looks: looks.paths.map((look) => ({
          ...look,
          line: command.line,
          ...(into === undefined ? {} : { into }),
        })),
        looking: [],
      });
      if (into !== undefined && looks.paths.length === 0) holds.set(into, links.length - 1);
      if (request.output !== undefined) holds.set(request.output, links.length - 1);
    }
    if (command.kind !== 'look') continue;
    const at = links[holds.get(command.from) ?? -1];
    at?.looking.push(command);
    at?.looks.push(
      ...command.looks.paths.map((look) => ({
        ...look,
        line: command.line,
        ...(command.into === undefined ? {} : { into: command.into }),
      })),
    );
  }
  return links;
}
