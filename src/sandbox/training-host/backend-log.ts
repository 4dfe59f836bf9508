import { entry } from '../log-entry.ts';
import type { LogEntry } from '../log-entry.ts';
import { operationsService } from '../backend/managed-log.ts';
import { repr } from '../python-text.ts';
import type { TrainingOrder } from '../training/plan.ts';
import { operationIdOf } from './state.ts';

const trainingService = 'ktrdr.api.services.training_service';
const adapter = 'ktrdr.training.training_adapter';
const rule = '='.repeat(80);

/** What the backend says in HOST mode when it asks the host (logs-host-train-smoke-1d-2024-backend-remote). */
export function handOverLog(at: number, id: string, order: TrainingOrder): readonly LogEntry[] {
  const say = (text: string): LogEntry => entry(at, 'INFO', trainingService, text);
  const symbols = listText(order.symbols);
  const timeframes = listText(order.timeframes);
  return [
    say(rule),
    say('🚀 EXECUTING TRAINING: HOST SERVICE MODE'),
    say(`   Operation ID: ${id}`),
    say(`   Symbols: ${order.symbols.join(', ')}`),
    say(`   Strategy: ${order.strategy.name}`),
    say('   GPU Training: Available (if host service has GPU)'),
    say(rule),
    say(
      `Starting host training for strategy=${order.strategy.name} symbols=${symbols} timeframes=${timeframes}`,
    ),
    entry(
      at,
      'INFO',
      adapter,
      `Starting training via host service for ${symbols} on ${timeframes}`,
    ),
  ];
}

/** What it says when the host has started a session: the line that ties the two ids. */
export function registeredLog(at: number, id: string, sessionId: string): readonly LogEntry[] {
  const hostId = operationIdOf(sessionId);
  const say = (logger: string, text: string): LogEntry => entry(at, 'INFO', logger, text);
  return [
    say('httpx', 'HTTP Request: POST http://127.0.0.1:5002/training/start "HTTP/1.1 200 OK"'),
    say(adapter, `Training session ${sessionId} started on host service`),
    say(
      trainingService,
      `Host training started: backend_op=${id}, host_op=${hostId}, session_id=${sessionId}`,
    ),
    say(operationsService, `Registered remote proxy for operation ${id} → host ${hostId}`),
    say(trainingService, `Registered remote proxy: ${id} → ${hostId}`),
  ];
}

/** What it says when the host refuses (logs-host-train-cancel-5m-15s-backend-remote). */
export function refusedLog(at: number, text: string): readonly LogEntry[] {
  const request = 'HTTP Request: POST http://127.0.0.1:5002/training/start';
  const error = `❌ Training Service: POST /training/start HTTP error: status=503, detail=${text}`;
  return [
    entry(at, 'INFO', 'httpx', `${request} "HTTP/1.1 503 Service Unavailable"`),
    entry(at, 'ERROR', 'ktrdr.async_infrastructure.service_adapter', error),
  ];
}

/** A list of texts as Python shows it. */
function listText(texts: readonly string[]): string {
  return `[${texts.map(repr).join(', ')}]`;
}
