import { known, type Report } from './report.ts';
import type { Profile } from './schema.ts';

/** The ways in which the system can be set up: each must be told by something. */
export function checkModes(profile: Profile, report: Report): void {
  const { versions } = profile;
  known(report, ['versions', 'service'], versions.service, profile.services, 'service');
  for (const [name, version] of Object.entries(versions.known)) {
    for (const service of Object.keys(version.also))
      known(report, ['versions', 'known', name, 'also'], service, profile.services, 'service');
    if (version.expect.length > 0 && versions.service === undefined)
      report(
        ['versions', 'known', name, 'expect'],
        'nothing says whose health check tells the version: name versions.service',
      );
  }
  for (const [name, mode] of Object.entries(profile.modes)) {
    const at = ['modes', name];
    if (name === 'version') report(at, 'version is said in versions, not as a mode');
    known(report, [...at, 'default'], mode.default, mode.values, 'mode value');
    for (const [key, value] of Object.entries(mode.values)) {
      for (const [index, service] of value.down.entries())
        known(report, [...at, 'values', key, 'down', index], service, profile.services, 'service');
      if (value.expect.length === 0 && mode.variable === undefined)
        report(
          [...at, 'values', key, 'expect'],
          'nothing tells that the system is in this mode: give expect, or the mode a variable',
        );
    }
  }
}
