#!/bin/bash -p
# Training Unknown Symbol (training/training-unknown-symbol). Made from scenario.yaml: edit that, then `scenario check --write`. new-scenario:6da92b8b68bca348
# The runtime is checked by itself; texts here are literal, so nothing is meant to expand. shellcheck knows neither.
# shellcheck disable=SC1091,SC2016
# shellcheck source=../../runtime.sh
. "$(dirname -- "$0")/../../runtime.sh" 1 "$@" || exit 2

scenario 'Training Unknown Symbol' id=training/training-unknown-symbol plan=11 root=../../..
service backend KTRDR_API_URL default=http://localhost:8000 log=compose:backend
ready backend /api/v1/health .status equals ok retries=2 wait=1 cure='start it with `docker compose up -d` in the KTRDR tree, or set KTRDR_API_URL to where it runs'
beacon backend '/api/v1/operations/{nonce}' 'Operation not found: {nonce}'
log-readable backend cure='run the script where `docker compose logs backend` works, or set SCENARIO_LOG_BACKEND=file:<path of ktrdr.log>'
setup backend 'version era (last release before the distributed workers (6a9512ed, 2025-11-06))' .orphan_detector exists false cure='run it against a system of version era, or take requires.version out of the scenario'
classify misconfigured 'Strategy file not found: ' cure='put the strategy file into the strategies folder of KTRDR, or name one that the reply lists'
classify misconfigured 'Strategy config not found: ' cure='put the strategy file into the strategies folder of KTRDR'
classify misconfigured 'No data found in cache for ' cure='download the data first (data.download), or choose a symbol and timeframe that data.info lists'
classify misconfigured 'No data loaded for ' cure='choose a date range that the cache holds (data.range tells it), the earlier date first'
classify misconfigured 'requires at least [0-9]+ data points' cure='choose a longer date range, or a strategy whose indicators need fewer bars'
classify blocked 'Host service connection failed: HTTP error for POST /data/validate' cure='start the IB host (ib-host-service/start.sh) next to IB Gateway'
classify blocked 'Host service timeout: Request timed out' cure='start IB Gateway or TWS and log in to the paper trading account'
classify blocked '\[Training\] Host service connection failed: ' cure='start the training host (training-host-service/start.sh), or wait until its session has ended'
classify blocked '"error_message"\s*:\s*"All connection attempts failed"' cure='start the backtest worker with `docker compose up -d`'
classify blocked 'Maximum concurrent sessions \(1\) reached' cure='wait until the session of the training host has ended, or stop it (DELETE /api/v1/operations/host_training_<id>/cancel)'
unknown-route 404 '^\s*\{\s*"detail"\s*:\s*"Not Found"\s*\}\s*$'
unknown-route 405 '^\s*\{\s*"detail"\s*:\s*"Method Not Allowed"\s*\}\s*$'
trouble 'the operation completes at once and no progress is seen' cause='the data are too small' cure='choose a longer date range or a finer timeframe, such as 5m over two years' verdict=inconclusive
trouble 'a service cannot be reached' cause='it is not running, or runs elsewhere' cure='see what runs with `docker ps`' cure='start the services with `docker compose up -d`' cure='set the variables KTRDR_API_URL, KTRDR_TRAINING_HOST_URL, KTRDR_IB_HOST_URL and KTRDR_BACKTEST_URL where the ports differ' verdict=blocked matches='does not answer|is not ready'
trouble 'a service cannot be reached' cause='it is not running, or runs elsewhere' cure='see what runs with `docker ps`' cure='start the services with `docker compose up -d`' cure='set the variables KTRDR_API_URL, KTRDR_TRAINING_HOST_URL, KTRDR_IB_HOST_URL and KTRDR_BACKTEST_URL where the ports differ' matches='no reply: connection refused|All connection attempts failed'
preflight

step 'Start training' component=training-service start=id
request start POST backend /api/v1/trainings/start json <<'JSON'
{"symbols": ["NOSUCHPAIR"], "timeframes": ["1d"], "strategy_name": "test_e2e_local_pull", "start_date": "2024-01-01", "end_date": "2024-12-31"}
JSON
check accepted 'the training is accepted: the HTTP status is 200 and .success is true and .status is training_started' start status equals 200 and .success equals true and .status equals training_started
capture id has-id 'the reply names the training' start .task_id matches '^op_training_[0-9]{8}_[0-9]{6}_[0-9a-f]{8}$'
cleanup 'cancel the training' DELETE backend '/api/v1/operations/{id}'

step 'Wait until the training has failed' component=training-worker
require 'where trainings run: inside the backend' final .data.metadata.parameters.training_mode equals local cure='start the backend with USE_TRAINING_HOST_SERVICE=false'
poll final fails 'the training fails within 30 s' GET backend '/api/v1/operations/{id}' every=1 within=30 progress=.data.progress.percentage under-test until .data.status equals failed ends .data.status in '["completed","failed","cancelled"]'
check stack-trace 'no stack trace' final body lacks 'Traceback \(most recent call last\)|File "[^"]+", line [0-9]+|(^|\n)\s*at .+[(:][0-9]+(:[0-9]+)?\)|(^|\n)\s*at [A-Za-z_$][A-Za-z0-9_$.<>]*\([A-Za-z0-9_$]+\.(java|kt|scala)'
check absolute-path 'no absolute path' final body lacks '(^|[\s"'\''(=:,;<\[]|file://)/(app|bin|etc|home|lib|mnt|opt|private|root|srv|tmp|usr|var|Users|Volumes|Library|workspace)/'
check home 'no home folder' final body lacks '(^|[\s"'\''(=:,;<\[])~([a-z_][a-z0-9_-]*)?/'
check drive-prefix 'no drive prefix' final body lacks '(^|[^A-Za-z0-9])[A-Za-z]:\\|(^|[\s"'\''(=:,;<\[])[A-Za-z]:/[^/]|(^|[\s"'\''(=:,;<\[])\\\\[A-Za-z0-9]'
check outcome-error-message '.data.error_message is No data found in cache for NOSUCHPAIR 1d' final .data.error_message equals '"No data found in cache for NOSUCHPAIR 1d"'

step 'See that the system is healthy afterwards' component=backend
request health GET backend /api/v1/health
check healthy-afterwards 'the health check answers 200 afterwards' health status equals 200
check healthy-body '.status is ok in the health check afterwards' health .status equals ok

step 'Read the logs' component=backend
log no-errors-backend 'the log of backend has no error of this run' backend clean ids=id errors='(\| |\[)[^ ]*(ERROR|CRITICAL)|Traceback \(most recent call last\)|no running event loop' noise='Request validation error: ' noise='(Failed to start training|Data acquisition failed): ' noise='Managed operation [^ ]+ failed: ' noise='Failed operation: [^ ]+ - ' noise='local_data_loader|data_service|indicator_engine'

finish
