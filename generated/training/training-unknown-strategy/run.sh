#!/bin/bash -p
# Training Unknown Strategy (training/training-unknown-strategy). Made from scenario.yaml: edit that, then `scenario check --write`. new-scenario:25ce1ed8feac8c1a
# The runtime is checked by itself; texts here are literal, so nothing is meant to expand. shellcheck knows neither.
# shellcheck disable=SC1091,SC2016
# shellcheck source=../../runtime.sh
. "$(dirname -- "$0")/../../runtime.sh" 1 "$@" || exit 2

scenario 'Training Unknown Strategy' id=training/training-unknown-strategy plan=11 root=../../..
service backend KTRDR_API_URL default=http://localhost:8000 log=compose:backend
ready backend /api/v1/health .status equals ok retries=2 wait=1 cure='start it with `docker compose up -d` in the KTRDR tree, or set KTRDR_API_URL to where it runs'
beacon backend '/api/v1/operations/{nonce}' 'Operation not found: {nonce}'
log-readable backend lock cure='run the script where `docker compose logs backend` works, or set SCENARIO_LOG_BACKEND=file:<path of ktrdr.log>'
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

step 'Start training, with what must be refused' component=training-service
request answer POST backend /api/v1/trainings/start json under-test <<'JSON'
{"symbols": ["EURUSD"], "timeframes": ["1d"], "strategy_name": "nonexistent_strategy", "start_date": "2024-01-01", "end_date": "2024-12-31"}
JSON
check refused 'it is refused with status 400' answer status equals 400
check refusal-body '.detail matches . in the refusal' answer .detail matches .
check stack-trace 'no stack trace' answer body lacks 'Traceback \(most recent call last\)|File "[^"]+", line [0-9]+|(^|\n)\s*at .+[(:][0-9]+(:[0-9]+)?\)|(^|\n)\s*at [A-Za-z_$][A-Za-z0-9_$.<>]*\([A-Za-z0-9_$]+\.(java|kt|scala)'
check absolute-path 'no absolute path' answer body lacks '(^|[\s"'\''(=:,;<\[]|file://)/(app|bin|etc|home|lib|mnt|opt|private|root|srv|tmp|usr|var|Users|Volumes|Library|workspace)/'
check home 'no home folder' answer body lacks '(^|[\s"'\''(=:,;<\[])~([a-z_][a-z0-9_-]*)?/'
check drive-prefix 'no drive prefix' answer body lacks '(^|[^A-Za-z0-9])[A-Za-z]:\\|(^|[\s"'\''(=:,;<\[])[A-Za-z]:/[^/]|(^|[\s"'\''(=:,;<\[])\\\\[A-Za-z0-9]'
check outcome-detail '.detail matches Strategy file not found: nonexistent_strategy\.yaml' answer .detail matches 'Strategy file not found: nonexistent_strategy\.yaml'
check outcome-detail-2 '.detail matches \(searched: [^)]*test_e2e_local_pull\.yaml' answer .detail matches '\(searched: [^)]*test_e2e_local_pull\.yaml'

step 'See that the system is healthy afterwards' component=backend
request health GET backend /api/v1/health
check healthy-afterwards 'the health check answers 200 afterwards' health status equals 200
check healthy-body '.status is ok in the health check afterwards' health .status equals ok

step 'Read the logs' component=backend
log no-errors-backend 'the log of backend has no error in the window of this run' backend clean ids='' errors='(\| |\[)[^ ]*(ERROR|CRITICAL)|Traceback \(most recent call last\)|no running event loop' noise='Request validation error: ' noise='(Failed to start training|Data acquisition failed): ' noise='Managed operation [^ ]+ failed: ' noise='Failed operation: [^ ]+ - ' noise='local_data_loader|data_service|indicator_engine'

finish
