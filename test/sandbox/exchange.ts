import type { Wire } from '../../src/sandbox/service.ts';

/** One answer of the sandbox and the place of its counterpart in the recording. */
export interface Exchange {
  readonly part: ResponsePart | SeriesPart;
  /** Position in a series. */
  readonly index: number;
  readonly wire: Wire;
}

type ResponsePart =
  | 'response'
  | 'start'
  | 'second_start'
  | 'second_delete'
  | 'delete_first'
  | 'host_list_before'
  | 'host_list_after'
  | 'host_record_after'
  | 'worker_list_after';
type SeriesPart = 'series' | 'second_series';

/** An answer, and the part of the recording that it is compared with. */
export function exchange(part: Exchange['part'], wire: Wire, index = 0): Exchange {
  return { part, index, wire };
}
