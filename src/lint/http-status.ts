import { curlOf } from './curl.ts';
import { perScript } from '../shell/per-script.ts';
import { under } from '../shell/script.ts';

/** The variables that hold nothing but an HTTP status: `code=$(curl -o body.json -w '%{http_code}' …)`. */
export const statusNames = perScript(
  (script): ReadonlySet<string> =>
    new Set(
      script
        .all('Assignment')
        .filter((node) =>
          under(node, 'Command').some((command) => curlOf(command)?.writesStatus === true),
        )
        .map(({ name }) => name),
    ),
);
