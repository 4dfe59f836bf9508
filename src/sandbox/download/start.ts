import { refused } from '../backend/answer.ts';
import type { Answer } from '../backend/answer.ts';
import { creationLog } from '../backend/managed-log.ts';
import { newOperation, operationId } from '../backend/new-operation.ts';
import type { BackendState } from '../backend/state.ts';
import { withBody } from '../backend/with-body.ts';
import { endpoint, repositoryLog } from '../data/service-log.ts';
import { detail, ok } from '../http.ts';
import type { Moment, SandboxRequest } from '../http.ts';
import { entry } from '../log-entry.ts';
import type { LogEntry } from '../log-entry.ts';
import type { Modes } from '../modes.ts';
import { notServed } from '../not-served.ts';
import { acquisition } from './events.ts';
import { segmentLimit } from './gap.ts';
import { checkDownload, nameOf } from './order.ts';
import type { DownloadOrder } from './order.ts';
import { planDownload } from './plan.ts';
import { downloadWork } from './work.ts';

/** `POST /api/v1/data/acquire/download`: nothing but the form is checked before the answer (recordings download-*). */
export function startDownload(
  state: BackendState,
  modes: Modes,
  request: SandboxRequest,
  moment: Moment,
): Answer {
  return withBody(request, moment, (members) => {
    const { order, problems } = checkDownload(members);
    if (problems.length > 0) return refused(moment, problems);
    const unrecorded = whyNotServed(order);
    if (unrecorded !== undefined) return { response: unrecorded };
    if (order.mode === 'local') return wrongMode(order, moment.now);
    return begin(state, modes, order, moment);
  });
}

function whyNotServed({
  timeframe,
  mode,
  start,
  end,
}: DownloadOrder): Answer['response'] | undefined {
  if (segmentLimit(timeframe) === undefined) {
    const what = `how ${timeframe} is downloaded was not recorded`;
    return notServed(what, 'use another timeframe');
  }
  const open = start === null && (mode !== 'tail' || end !== null);
  if (!open || mode === 'local') return undefined;
  return notServed(
    `a download in mode ${mode} without start_date was not recorded`,
    'give start_date',
  );
}

/** No mode means local, and local is refused: the seed's trap (recording download-no-mode). */
function wrongMode(order: DownloadOrder, now: number): Answer {
  const error = `Invalid mode: ${order.mode}. Must be 'tail', 'backfill', or 'full'`;
  const text = `Data acquisition failed: ${error}`;
  const traceback = [
    'Traceback (most recent call last):',
    '  File "ktrdr/api/endpoints/data.py", line 518, in download_data_acquire',
    '    result = await acquisition_service.download_data(',
    '             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^',
    '  File "ktrdr/data/acquisition/acquisition_service.py", line 475, in download_data',
    '    raise ValueError(',
    `ValueError: ${error}`,
  ];
  return {
    response: detail(500, text),
    entries: [
      ...askedLog(order, now),
      entry(now, 'ERROR', endpoint, text),
      ...traceback.map((line) => ({ at: now, line })),
    ],
  };
}

function begin(state: BackendState, modes: Modes, order: DownloadOrder, moment: Moment): Answer {
  const { now } = moment;
  const work = downloadWork(order, planDownload(order, { cache: state.cache, ib: modes.ib, now }));
  const id = operationId(work, moment);
  const isFirst = !state.operations.some((each) => each.work.type === 'data_load');
  const { symbol, timeframe, mode } = order;
  return {
    response: ok({
      success: true,
      operation_id: id,
      status: 'started',
      message: `Started ${mode} download for ${symbol} ${timeframe}`,
    }),
    state: { ...state, operations: [...state.operations, newOperation(id, work, now)] },
    entries: [
      ...(isFirst ? firstLog(now) : []),
      ...askedLog(order, now),
      ...creationLog(now, id, work.type, nameOf(order)),
      entry(
        now,
        'INFO',
        endpoint,
        `✅ DataAcquisitionService returned: operation_id=${id}, status=started`,
      ),
      entry(now, 'INFO', acquisition, `📋 Validating symbol ${symbol} via provider`),
      entry(now, 'INFO', adapter, poolText),
    ],
  };
}

const adapter = 'ktrdr.async_infrastructure.service_adapter';
const poolText =
  '🔧 IB Data Service: Setting up connection pool, event_loop_id=140228640879440, old_client_exists=False';

function askedLog(order: DownloadOrder, now: number): readonly LogEntry[] {
  const { symbol, timeframe, mode, startText, endText } = order;
  const range = `start: ${startText ?? 'None'}, end: ${endText ?? 'None'}`;
  return [
    entry(
      now,
      'INFO',
      endpoint,
      `📥 NEW ENDPOINT: /data/acquire/download - Using DataAcquisitionService for ${symbol} (${timeframe}, mode=${mode})`,
    ),
    entry(
      now,
      'INFO',
      endpoint,
      '🔧 SERVICE: DataAcquisitionService (Repository + Provider pattern) - NOT DataManager!',
    ),
    entry(
      now,
      'INFO',
      acquisition,
      `Starting data download for ${symbol} ${timeframe} (mode: ${mode}, ${range})`,
    ),
  ];
}

/** The service is made at the first download of a process (logs-download-tail-ib-absent). */
function firstLog(now: number): readonly LogEntry[] {
  const classifier = 'ktrdr.data.acquisition.gap_classifier';
  const missing = 'Symbol cache not found at data/symbol_discovery_cache.json';
  return [
    entry(
      now,
      'INFO',
      adapter,
      'Initialized IB Data Service adapter (type=ib_data, timeout=30s, retries=3)',
    ),
    entry(
      now,
      'INFO',
      'ktrdr.data.acquisition.ib_data_provider',
      'IbDataProvider initialized for host service at http://127.0.0.1:5001',
    ),
    entry(
      now,
      'INFO',
      'ktrdr.async_infrastructure.service_orchestrator',
      'Data/Acquisition orchestrator initialized (mode: host_service)',
    ),
    ...repositoryLog(now),
    entry(now, 'WARNING', classifier, missing),
    entry(now, 'INFO', classifier, 'Initialized GapClassifier with 0 symbols'),
    entry(
      now,
      'INFO',
      'ktrdr.data.components.symbol_cache',
      '💾 SymbolCache initialized with 0 cached symbols',
    ),
    entry(
      now,
      'INFO',
      acquisition,
      'DataAcquisitionService initialized (repository: DataRepository, provider: IbDataProvider, gap_analyzer: GapAnalyzer, symbol_cache: SymbolCache, segment_manager: SegmentManager, progress_renderer: DataProgressRenderer)',
    ),
  ];
}
