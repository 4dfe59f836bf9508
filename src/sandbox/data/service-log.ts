import { entry } from '../log-entry.ts';
import type { LogEntry } from '../log-entry.ts';

export const endpoint = 'ktrdr.api.endpoints.data';
export const dataService = 'ktrdr.api.services.data_service';
export const repository = 'ktrdr.data.repository.data_repository';
export const loader = 'ktrdr.data.local_data_loader';

/** The lines with which a repository of price files is made: at each request about data (logs-data-get). */
export function repositoryLog(at: number): readonly LogEntry[] {
  const validator = 'ktrdr.data.repository.data_quality_validator';
  return [
    entry(at, 'INFO', repository, 'Initializing DataRepository with data_dir=./data'),
    entry(at, 'INFO', validator, 'DataQualityValidator initialized (auto_correct=True)'),
    entry(at, 'INFO', repository, 'DataRepository initialized successfully'),
  ];
}

/** The same, with the line of the data service that owns the repository. */
export function dataServiceLog(at: number): readonly LogEntry[] {
  const text = 'DataService initialized with DataRepository';
  return [...repositoryLog(at), entry(at, 'INFO', 'ktrdr.api.services.base.DataService', text)];
}

/** The loader opens a file. */
export function openingLog(at: number, symbol: string, timeframe: string): readonly LogEntry[] {
  const path = `data/${symbol}_${timeframe}.csv`;
  return [
    entry(at, 'INFO', loader, 'Started load of price data'),
    entry(at, 'INFO', loader, `Loading data for ${symbol} (${timeframe}) from ${path}`),
  ];
}
