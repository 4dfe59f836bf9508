import type { Profile } from '../profile/schema.ts';
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
  for (const command of commands) {
    if (command.kind === 'request' || command.kind === 'poll') {
      const { request, looks } = command;
      const into = command.kind === 'request' ? command.into : undefined;
      links.push({
        command,
        request,
        located: locate(request, profile),
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
