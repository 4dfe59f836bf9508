import type { SandboxResponse } from './http.ts';

/**
 * The loud answer for what the real backend has and the sandbox does not: no recorded status of
 * the real one, so that no check can take it for an answer of KTRDR.
 */
export function notServed(what: string, cure: string): SandboxResponse {
  return {
    status: 501,
    headers: {},
    body: {
      detail: `The new-scenario sandbox does not serve this: ${what}. ${capital(cure)}.`,
      sandbox: 'not-served',
    },
  };
}

function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
