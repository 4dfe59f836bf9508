import { comparisonsOf } from '../scenario/comparators.ts';
import { checkCalibrations } from './calibration-references.ts';
import { checkDefects } from './defect-references.ts';
import { checkModes } from './mode-references.ts';
import { known, pattern, unique, type Path, type Reference, type Report } from './report.ts';
import type { Operation, Profile } from './schema.ts';

/** Everything in a profile that names something which isn't there, or contradicts itself. */
export function checkReferences(profile: Profile): Reference[] {
  const found: Reference[] = [];
  const report: Report = (at, message, more = {}) => found.push({ at, message, ...more });
  checkServices(profile, report);
  checkEndpoints(profile, report);
  for (const [name, operation] of Object.entries(profile.operations))
    checkOperation(profile, operation, ['operations', name], report);
  checkCalibrations(profile, report);
  checkDefects(profile, report);
  checkRest(profile, report);
  return found;
}

/** What a flow may name: the services and the components inside them. */
function componentNames(profile: Profile): string[] {
  return [...Object.keys(profile.services), ...Object.keys(profile.components)];
}

function checkServices(profile: Profile, report: Report): void {
  known(
    report,
    ['versions', 'default'],
    profile.versions.default,
    profile.versions.known,
    'version',
  );
  for (const [name, { refs }] of Object.entries(profile.domains))
    if (refs !== undefined) pattern(report, ['domains', name, 'refs'], refs);
  for (const [name, service] of Object.entries(profile.services)) {
    const { log } = service;
    if (!log) continue;
    const at = ['services', name, 'log'];
    if (!/^(compose|file):./.test(log.default))
      report([...at, 'default'], 'a log source is compose:<name> or file:<path>');
    if (log.beacon && !(log.beacon.path.includes('{nonce}') && log.beacon.line.includes('{nonce}')))
      report([...at, 'beacon'], 'the path and the line of a beacon both hold {nonce}');
    pattern(report, [...at, 'errors'], log.errors);
    for (const [index, { matches }] of log.noise.entries())
      pattern(report, [...at, 'noise', index, 'matches'], matches);
  }
  for (const [name, { service }] of Object.entries(profile.components)) {
    known(report, ['components', name, 'service'], service, profile.services, 'service');
    if (name in profile.services)
      report(['components', name], 'a service is a component already; leave this one out');
  }
}

function checkEndpoints(profile: Profile, report: Report): void {
  for (const [name, endpoint] of Object.entries(profile.endpoints)) {
    const at = ['endpoints', name];
    known(report, [...at, 'domain'], endpoint.domain, profile.domains, 'domain');
    known(report, [...at, 'service'], endpoint.service, profile.services, 'service');
    known(report, [...at, 'starts'], endpoint.starts, profile.operations, 'operation');
    known(report, [...at, 'component'], endpoint.component, componentNames(profile), 'component');
    if (!endpoint.path.startsWith('/')) report([...at, 'path'], 'a path starts with /');
    if (endpoint.starts && endpoint.answer)
      report([...at, 'answer'], 'an endpoint that starts an operation does not answer at once');
  }
}

function checkOperation(profile: Profile, operation: Operation, at: Path, report: Report): void {
  const components = componentNames(profile);
  known(report, [...at, 'domain'], operation.domain, profile.domains, 'domain');
  known(report, [...at, 'service'], operation.service, profile.services, 'service');
  known(report, [...at, 'worker'], operation.worker, components, 'component');
  known(report, [...at, 'mode'], operation.mode, profile.modes, 'mode');
  pattern(report, [...at, 'id', 'matches'], operation.id.matches);
  const { tooLate } = operation.cancellation;
  if (tooLate) pattern(report, [...at, 'cancellation', 'tooLate'], tooLate);
  known(
    report,
    [...at, 'find', 'endpoint'],
    operation.find?.endpoint,
    profile.endpoints,
    'endpoint',
  );
  for (const role of ['get', 'cancel'] as const) {
    known(report, [...at, role], operation[role], profile.endpoints, 'endpoint');
    const path = profile.endpoints[operation[role]]?.path;
    if (path !== undefined && !path.includes('{id}'))
      report([...at, role], `the path ${path} holds no {id}`);
  }
  const values = profile.modes[operation.mode ?? '']?.values ?? {};
  for (const [index, item] of operation.evidence.entries()) {
    const here = [...at, 'evidence', index];
    known(report, [...here, 'mode'], item.mode, values, 'mode value');
    if (comparisonsOf(item).length > 0 === (item.samplesWithinPercent !== undefined))
      report(here, 'evidence holds either comparators or samplesWithinPercent');
  }
  for (const [index, item] of operation.sightings.entries()) {
    const here = [...at, 'sightings', index];
    known(report, [...here, 'at'], item.at, components, 'component');
    known(report, [...here, 'mode'], item.mode, values, 'mode value');
    known(report, [...here, 'endpoint'], item.endpoint, profile.endpoints, 'endpoint');
    known(report, [...here, 'log', 'service'], item.log?.service, profile.services, 'service');
    if (Boolean(item.log) === Boolean(item.endpoint && item.path))
      report(here, 'a sighting is either an endpoint with a path, or a log');
    const earlier = operation.sightings.slice(0, index);
    const taken = earlier.flatMap(({ log }) => (log?.takes ? [log.takes.capture] : []));
    if (item.as !== undefined && !taken.includes(item.as))
      report([...here, 'as'], `no sighting before it takes ${item.as}`);
  }
  unique(report, [...at, 'evidence'], operation.evidence);
  unique(report, [...at, 'sightings'], operation.sightings);
}

function checkRest(profile: Profile, report: Report): void {
  checkModes(profile, report);
  for (const [index, refusal] of profile.refusals.entries()) {
    known(report, ['refusals', index, 'service'], refusal.service, profile.services, 'service');
    const first = profile.refusals.findIndex(
      ({ service, status }) => service === refusal.service && status === refusal.status,
    );
    if (first < index)
      report(['refusals', index], `${refusal.service} has a shape for ${refusal.status} already`);
  }
  const modeValues = Object.values(profile.modes).flatMap(({ values }) => Object.keys(values));
  for (const [index, item] of profile.logPatterns.entries()) {
    known(report, ['logPatterns', index, 'service'], item.service, profile.services, 'service');
    known(report, ['logPatterns', index, 'mode'], item.mode, modeValues, 'mode value');
    if (Boolean(item.present) === Boolean(item.matches))
      report(['logPatterns', index], 'a log pattern holds either present or matches');
    if (item.matches) pattern(report, ['logPatterns', index, 'matches'], item.matches);
  }
  for (const [index, { domain }] of profile.prerequisites.entries())
    known(report, ['prerequisites', index, 'domain'], domain, profile.domains, 'domain');
  for (const [index, { matches }] of profile.classify.entries())
    pattern(report, ['classify', index, 'matches'], matches);
  for (const [index, { matches }] of profile.unknownRoute.entries())
    pattern(report, ['unknownRoute', index, 'matches'], matches);
  for (const [index, { when }] of profile.troubleshooting.entries())
    for (const [nth, { matches }] of (when ?? []).entries())
      if (matches !== undefined)
        pattern(report, ['troubleshooting', index, 'when', nth, 'matches'], matches);
  for (const [index, { lacks }] of profile.leaks.entries())
    pattern(report, ['leaks', index, 'lacks'], lacks);
  for (const [name, { service }] of Object.entries(profile.pages))
    known(report, ['pages', name, 'service'], service, profile.services, 'service');
  for (const [index, { starts }] of profile.cli.entries()) {
    known(
      report,
      ['cli', index, 'starts', 'operation'],
      starts?.operation,
      profile.operations,
      'operation',
    );
    known(
      report,
      ['cli', index, 'starts', 'endpoint'],
      starts?.endpoint,
      profile.endpoints,
      'endpoint',
    );
  }
  for (const key of ['leaks', 'logPatterns', 'troubleshooting', 'knownDefects', 'cli'] as const)
    unique(report, [key], profile[key]);
}
