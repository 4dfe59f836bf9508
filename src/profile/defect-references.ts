import { known, pattern, type Report } from './report.ts';
import type { Profile } from './schema.ts';

/** What a known defect names must be there. (Its points are those of scenarios, which a profile doesn't know.) */
export function checkDefects(profile: Profile, report: Report): void {
  for (const [index, defect] of profile.knownDefects.entries()) {
    const at = ['knownDefects', index];
    const each = (
      key: 'versions' | 'domains' | 'endpoints',
      names: Readonly<Record<string, unknown>>,
      what: string,
    ): void => {
      for (const [place, given] of (defect[key] ?? []).entries())
        known(report, [...at, key, place], given, names, what);
    };
    each('versions', profile.versions.known, 'version');
    each('domains', profile.domains, 'domain');
    each('endpoints', profile.endpoints, 'endpoint');
    for (const [kind, value] of Object.entries(defect.modes ?? {})) {
      known(report, [...at, 'modes'], kind, profile.modes, 'mode');
      known(report, [...at, 'modes', kind], value, profile.modes[kind]?.values ?? {}, 'mode value');
    }
    if (!defect.log) continue;
    known(report, [...at, 'log', 'service'], defect.log.service, profile.services, 'service');
    pattern(report, [...at, 'log', 'matches'], defect.log.matches);
    if (profile.services[defect.log.service] && !profile.services[defect.log.service]?.log)
      report([...at, 'log', 'service'], `the service ${defect.log.service} has no log`);
  }
}
