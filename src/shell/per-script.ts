import type { Script } from './script.ts';

/** A fact about a script that several rules ask for: worked out once for each. */
export function perScript<T>(make: (script: Script) => T): (script: Script) => T {
  const known = new WeakMap<Script, { readonly value: T }>();
  return (script) => {
    const kept = known.get(script) ?? { value: make(script) };
    known.set(script, kept);
    return kept.value;
  };
}
