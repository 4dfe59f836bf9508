import { readScript } from '../shell/script.ts';
import { nameOf } from '../shell/words.ts';

/** What any piece of bash is made of: that such a program fails says nothing of the system under test. */
const plain = new Set(
  `alias awk base64 basename bash bc break builtin cat cd chmod cmp column command comm continue cp curl cut date declare diff dirname
  echo egrep env eval exec exit export expr false fgrep find getopts grep head jq kill let ln local ls mapfile mkdir mktemp mv nl
  paste popd printf pushd pwd read readarray readlink readonly realpath return rm rmdir sed select seq set sh shift shopt shuf sleep
  sort source split stat tail tee test time timeout touch tr trap true tsort type typeset ulimit umask uname uniq unset wait wc xargs yes`.split(
    /\s+/,
  ),
);

/** The programs that a piece of bash runs by their names, what every piece uses left out; none of what cannot be read. */
export function programsOf(text: string): readonly string[] {
  const script = readScript(text);
  const own = new Set(script.all('Function').map(({ name }) => name.value));
  const names = script
    .all('Command')
    .filter(({ name }) => name !== undefined && !name.value.includes('/'))
    .map(nameOf)
    .filter((name) => /^[A-Za-z0-9][\w.+-]*$/.test(name) && !plain.has(name) && !own.has(name));
  return [...new Set(names)];
}
