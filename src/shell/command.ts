/** What every command that was read has: where it stands, and how it was written. */
interface Written {
  /** 1-based, in the document. */
  readonly line: number;
  readonly endLine: number;
  readonly text: string;
}

/** A place in a reply that a command looks at. */
export interface Look {
  /** A plain path, such as `.data.status`. */
  readonly path: string;
  /** The key under which it is shown, else the last name of the path. */
  readonly label: string;
  /** What is looked at is how many elements stand there: `.data | length`. */
  readonly count?: true;
}

/** What a jq filter looks at; parts that are no plain paths (`select`, `length`, …) are told as they are written. */
export interface Looks {
  readonly paths: readonly Look[];
  readonly notPaths: readonly string[];
}

/** The text of a shell word: what the shell fills in stands in it as `${NAME}`, or `$(…)` where a command gives it. */
export interface Filled {
  readonly text: string;
  readonly variables: readonly string[];
  /** What stands for a variable that is not set: `${NAME:-8000}`. */
  readonly defaults?: { readonly [name: string]: string };
  /** Holds the output of a command, arithmetic or a pattern. */
  readonly computed: boolean;
}

/** A call of curl. */
export interface HttpRequest {
  readonly method: string;
  /** As written: `http://localhost:8000/x/${ID}`. */
  readonly url: Filled;
  /** Everything before the path: an origin, or the variables that hold one. */
  readonly origin: string;
  readonly path: string;
  readonly query: string;
  readonly headers: readonly { readonly name: string; readonly value: Filled }[];
  readonly body?: Filled;
  /** `-d @FILE`: what is sent stands in a file. */
  readonly bodyFile?: string;
  /** The reply is written there. */
  readonly output?: string;
  /** The status is printed (`-w '%{http_code}'`) or looked at (`-i`, `-I`, `-f`). */
  readonly showsStatus: boolean;
  /** What changes the request and cannot be kept, in words, such as `curl's option -u`. */
  readonly lost: readonly string[];
  /** Why this is not one request that can be told: options that curl does not have, several addresses. */
  readonly unclear: readonly string[];
}

/** A read command, by what it does. */
export type Read = Written &
  (
    | {
        readonly kind: 'request';
        readonly request: HttpRequest;
        readonly looks: Looks;
        /** The variable that holds the reply, or what the filter took of it. */
        readonly into?: string;
      }
    /** `echo "$R" | jq …`; with `into` it keeps what it finds. */
    | {
        readonly kind: 'look';
        readonly from: string;
        readonly looks: Looks;
        readonly into?: string;
      }
    | {
        readonly kind: 'log';
        /** As named to docker; absent where a file is read. */
        readonly service?: string;
        readonly file?: string;
        /** What is looked for; fixed text, or an expression (`grep -E`, or dots and stars in it). */
        readonly patterns: readonly { readonly text: string; readonly isRegex: boolean }[];
        /** `! grep`, `grep -v`, `grep … && fail`. */
        readonly negated: boolean;
        readonly into?: string;
      }
    | { readonly kind: 'wait'; readonly seconds: number }
    | {
        readonly kind: 'poll';
        readonly request: HttpRequest;
        readonly looks: Looks;
        readonly every: number;
        /** Rounds, where the loop counts them. */
        readonly times?: number;
      }
    | { readonly kind: 'file'; readonly paths: readonly string[]; readonly into?: string }
    /** The system's own command. */
    | { readonly kind: 'own'; readonly argv: readonly Filled[]; readonly into?: string }
    | { readonly kind: 'database'; readonly query: string; readonly into?: string }
    | {
        readonly kind: 'setting';
        readonly names: readonly string[];
        /** What a variable holds behind it, where the text alone says so. */
        readonly value?: string;
      }
    | { readonly kind: 'note' }
    | { readonly kind: 'script'; readonly why: string }
  );

/** Lines that are no shell, with the reason. */
export interface NotRead {
  readonly line: number;
  readonly text: string;
  readonly why: string;
}

/** A text of shell, in order. Every line that holds something belongs to a command or to `notUnderstood`. */
export interface ReadShell {
  readonly commands: readonly Read[];
  readonly notUnderstood: readonly NotRead[];
}
