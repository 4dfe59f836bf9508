#!/bin/bash -p
# Remote Backtest Progress (backtest/remote-backtest-progress). Made from scenario.yaml: edit that, then `scenario check --write`. new-scenario:bf1612dd3c294b5d
# The runtime is checked by itself; texts here are literal, so nothing is meant to expand. shellcheck knows neither.
# shellcheck disable=SC1091,SC2016
# shellcheck source=../../runtime.sh
. "$(dirname -- "$0")/../../runtime.sh" 1 "$@" || exit 2

scenario 'Remote Backtest Progress' id=backtest/remote-backtest-progress plan=23 root=../../..
service backend KTRDR_API_URL default=http://localhost:8000 log=compose:backend
ready backend /api/v1/health .status equals ok retries=2 wait=1 cure='start it with `docker compose up -d` in the KTRDR tree, or set KTRDR_API_URL to where it runs'
beacon backend '/api/v1/operations/{nonce}' 'Operation not found: {nonce}'
log-readable backend lock cure='run the script where `docker compose logs backend` works, or set SCENARIO_LOG_BACKEND=file:<path of ktrdr.log>'
service backtest-worker KTRDR_BACKTEST_URL default=http://localhost:5003 log=compose:backtest-worker
ready backtest-worker /health .healthy equals true and .service equals backtest-remote retries=2 wait=1 cure='start it with `docker compose up -d` in the KTRDR tree, or set KTRDR_BACKTEST_URL to where it runs'
beacon backtest-worker '/api/v1/operations/{nonce}' 'GET /api/v1/operations/{nonce} HTTP'
log-readable backtest-worker lock cure='run the script where `docker compose logs backtest-worker` works, or set SCENARIO_LOG_BACKTEST_WORKER=file:<path of its log>'
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

step 'Start a backtest' component=backtest-service start=id
request start POST backend /api/v1/backtests/start json <<'JSON'
{"strategy_name": "test_e2e_local_pull", "symbol": "EURUSD", "timeframe": "5m", "start_date": "2024-01-01", "end_date": "2024-04-01"}
JSON
check accepted 'the backtest is accepted: the HTTP status is 200 and .success is true and .status is started' start status equals 200 and .success equals true and .status equals started
capture id has-id 'the reply names the backtest' start .operation_id matches '^op_backtesting_[0-9]{8}_[0-9]{6}_[0-9a-f]{8}$'
cleanup 'cancel the backtest' DELETE backend '/api/v1/operations/{id}'

step 'Find the id that it has on the worker' component=backtest-service
log worker-id 'the log of backend holds "Registered remote proxy for operation {id} → host " and tells worker_id' backend present 'Registered remote proxy for operation {id} → host ' takes=worker_id what='op_backtesting_[0-9]{8}_[0-9]{6}_[0-9a-f]{8}' sighting

step 'Wait until the worker is at a quarter' component=backtest-worker
poll worker-midway worker-midway '.progress.percentage is at least 25 within 60 s' GET backtest-worker '/api/v1/operations/{worker_id}' every=1 within=60 progress=.progress.percentage until .progress.percentage gte 25 ends .status in '["completed","failed","cancelled"]'

step 'Read its progress on the worker' component=backtest-worker
request worker-before GET backtest-worker '/api/v1/operations/{worker_id}'
check worker-before-accepted 'get one operation of the worker: the HTTP status is 200 and .operation_type is backtesting' worker-before status equals 200 and .operation_type equals backtesting
capture worker_before worker-before-worker-before 'the reply tells .progress.percentage' worker-before .progress.percentage

step 'See the same progress through the backend' component=backtest-service
request backend-midway GET backend '/api/v1/operations/{id}?force_refresh=true'
check backend-midway-accepted 'get one operation: the HTTP status is 200 and .success is true' backend-midway status equals 200 and .success equals true
capture backend_percentage backend-midway-backend-percentage 'the reply tells .data.progress.percentage' backend-midway .data.progress.percentage
check runs '.data.status is running' backend-midway .data.status equals running
check not-behind 'the backend is at least as far as the worker was before' backend-midway .data.progress.percentage gte '{worker_before}'

step 'See it on the worker right after' component=backtest-worker
request worker-after GET backtest-worker '/api/v1/operations/{worker_id}'
check worker-after-accepted 'get one operation of the worker: the HTTP status is 200 and .operation_type is backtesting' worker-after status equals 200 and .operation_type equals backtesting
check not-ahead 'the backend is at most as far as the worker is after' worker-after .progress.percentage gte '{backend_percentage}'

step 'Wait until the backtest is completed' component=backtest-engine
require 'where backtests run: on the backtest worker' final .data.metadata.mode equals remote cure='start the backtest worker, and the backend with USE_REMOTE_BACKTEST_SERVICE=true'
poll final completes 'the backtest completes within 142 s' GET backend '/api/v1/operations/{id}' every=1 within=142 progress=.data.progress.percentage until .data.status equals completed ends .data.status in '["completed","failed","cancelled"]'
check outcome-progress-percentage '.data.progress.percentage is 100' final .data.progress.percentage equals 100

step 'See it at backend' component=backend
request at-operation-record GET backend '/api/v1/operations/{id}'
check seen-operation-record 'the backend knows the operation by its id' at-operation-record .data.operation_id same-as id sighting

step 'See it at operations-service' component=operations-service
log seen-operation-created 'the operations service created it' backend present 'Created operation: {id}' sighting

step 'See it at backtest-worker' component=backtest-worker
request at-worker-record GET backtest-worker '/api/v1/operations/{worker_id}'
check seen-worker-record 'the worker knows the operation by its own id' at-worker-record .operation_id same-as worker_id sighting

step 'See that the worker is at the end too' component=backtest-worker
request worker-end GET backtest-worker '/api/v1/operations/{worker_id}'
check worker-end-accepted 'get one operation of the worker: the HTTP status is 200 and .operation_type is backtesting' worker-end status equals 200 and .operation_type equals backtesting
check worker-full '.progress.percentage is 100' worker-end .progress.percentage equals 100

step 'See it at backtest-worker' component=backtest-worker
log seen-worker-bridge 'the engine inside the worker registered its progress bridge' backtest-worker present 'Registered local backtest bridge for operation {worker_id}' sighting

step 'Read the logs' component=backend
log no-errors-backend 'the log of backend has no error of this run' backend clean ids=id,worker_id errors='(\| |\[)[^ ]*(ERROR|CRITICAL)|Traceback \(most recent call last\)|no running event loop' noise='Managed operation [^ ]+ failed: Training operation cancelled' noise='Failed operation: [^ ]+ - Training operation cancelled'
log no-errors-backtest-worker 'the log of backtest-worker has no error of this run' backtest-worker clean ids=id,worker_id errors='(\| |\[)[^ ]*(ERROR|CRITICAL)|Traceback \(most recent call last\)|no running event loop' noise='backtesting\.engine( \||:) .*(Decision error|Error details): ' at=backtest-worker
log no-remote-backtests-never-trade 'the log of backtest-worker has no line of the known defect remote-backtests-never-trade' backtest-worker clean ids='' errors='backtesting\.engine( \||:) .*(Decision error|Error details): ' at=backtest-worker defect=remote-backtests-never-trade

finish
