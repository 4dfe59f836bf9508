import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { renderJson } from '../../src/sandbox/python-text.ts';
import {
  compared,
  listed,
  readRecording,
  recordingNames,
  sharedFolder,
  trimmedFolder,
} from './recording.ts';
import type { Recording } from './recording.ts';
import { differences, replay } from './replay.ts';

/** Contract test B: the sandbox against what the real backend answered, value for value. */
function compareFolder(folder: string): void {
  const names = recordingNames(folder);
  const all = names
    .filter((name) => compared.test(name))
    .map((name) => [name, readRecording(folder, name)] as const);
  const findStart = (id: string): Recording | undefined =>
    all.map(([, recording]) => recording).find((each) => startedId(each) === id);

  it.each(all)('%s', (_name, recording) => {
    expect(differences(recording, replay(recording, findStart))).toEqual([]);
  });

  // Prices are written by a writer of their own, and some of them were cut by the recorder.
  const rendered = all.filter(
    ([, { response }]) => !/"ohlcv":\[\[/.test(JSON.stringify(response.body)),
  );

  it.each(rendered)('%s: the renderer writes as many bytes as Python did', (name, recording) => {
    const { headers, body } = recording.response;
    const text = body === '' ? '' : renderJson(body);
    // The recorder cut 15 bytes off each path but those of backtests, on the training host also of models (README of the trimmed set).
    const host = name.startsWith('host-') ? '|"model_path":"' : '';
    const strategies = '(?<!strategy_config_path":"|config not found: )strategies/';
    const paths = new RegExp(`${strategies}|"data_directory":"data"${host}`, 'g');
    const cut = 15 * (text.match(paths)?.length ?? 0);
    const bytes = new TextEncoder().encode(text).length + cut;
    expect(String(bytes)).toBe(headers['content-length']);
  });

  it('compares or lists every recording, and none twice', () => {
    expect(names.filter((name) => compared.test(name) === isListed(name))).toEqual([]);
    expect(all.length).toBeGreaterThan(50);
  });
}

function isListed(name: string): boolean {
  return listed.some(([pattern]) => pattern.test(name));
}

function startedId(recording: Recording): unknown {
  const body = recording.start?.response.body ?? recording.response.body;
  return typeof body === 'object' && body !== null && 'task_id' in body ? body.task_id : undefined;
}

describe('against the trimmed recordings of this repository', () => {
  compareFolder(trimmedFolder);
});

describe.skipIf(!existsSync(sharedFolder))('against all recordings in ../shared', () => {
  compareFolder(sharedFolder);
});
