#!/bin/bash -p
# Backtest Through The Worker Proxy (backtest/backtest-through-the-worker-proxy). Made from scenario.yaml: edit that, then `scenario check --write`. new-scenario:32ba74dde1c287a2
# The runtime is checked by itself; texts here are literal, so nothing is meant to expand. shellcheck knows neither.
# shellcheck disable=SC1091,SC2016
# shellcheck source=../../runtime.sh
. "$(dirname -- "$0")/../../runtime.sh" 1 "$@" || exit 2

scenario 'Backtest Through The Worker Proxy' id=backtest/backtest-through-the-worker-proxy plan=20 root=../../..
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
{"strategy_name": "test_e2e_local_pull", "symbol": "EURUSD", "timeframe": "1d", "start_date": "2024-01-01", "end_date": "2024-12-31"}
JSON
check accepted 'the backtest is accepted: the HTTP status is 200 and .success is true and .status is started' start status equals 200 and .success equals true and .status equals started
capture id has-id 'the reply names the backtest' start .operation_id matches '^op_backtesting_[0-9]{8}_[0-9]{6}_[0-9a-f]{8}$'
cleanup 'cancel the backtest' DELETE backend '/api/v1/operations/{id}'
check outcome-mode '.mode is remote' start .mode equals remote

step 'Wait until the backtest is completed' component=backtest-engine
require 'where backtests run: on the backtest worker' final .data.metadata.mode equals remote cure='start the backtest worker, and the backend with USE_REMOTE_BACKTEST_SERVICE=true'
poll final completes 'the backtest completes within 30 s' GET backend '/api/v1/operations/{id}' every=1 within=30 progress=.data.progress.percentage until .data.status equals completed ends .data.status in '["completed","failed","cancelled"]'

step 'See it at backend' component=backend
request at-operation-record GET backend '/api/v1/operations/{id}'
check seen-operation-record 'the backend knows the operation by its id' at-operation-record .data.operation_id same-as id sighting

step 'See it at operations-service' component=operations-service
log seen-operation-created 'the operations service created it' backend present 'Created operation: {id}' sighting

step 'See it at backtest-service' component=backtest-service
log seen-remote-proxy 'the operation is tied to one of the backtest worker' backend present 'Registered remote proxy for operation {id} → host ' takes=worker_id what='op_backtesting_[0-9]{8}_[0-9]{6}_[0-9a-f]{8}' sighting

step 'See it at backtest-worker' component=backtest-worker
request at-worker-record GET backtest-worker '/api/v1/operations/{worker_id}'
check seen-worker-record 'the worker knows the operation by its own id' at-worker-record .operation_id same-as worker_id sighting

step 'See that both ids can be asked for, each where it lives' component=operations-service
request backend-record GET backend '/api/v1/operations/{id}'
check backend-record-accepted 'get one operation: the HTTP status is 200 and .success is true' backend-record status equals 200 and .success equals true
check backend-completed '.data.status is completed' backend-record .data.status equals completed
check other-id 'the two ids differ' backend-record .data.operation_id differs-from worker_id

step 'See the result on the worker' component=backtest-worker
request worker-side GET backtest-worker '/api/v1/operations/{worker_id}'
check worker-side-accepted 'get one operation of the worker: the HTTP status is 200 and .operation_type is backtesting' worker-side status equals 200 and .operation_type equals backtesting
check worker-completed '.status is completed' worker-side .status equals completed
check worker-result '.result_summary.equity_curve_length is at least 195 and is at most 221' worker-side .result_summary.equity_curve_length gte 195 lte 221

step 'See that the worker does not know the backend'\''s id' component=backtest-worker
request no-such-id GET backtest-worker '/api/v1/operations/{id}' under-test
check id-is-not-shared 'the HTTP status is 404 and .detail matches not found' no-such-id status equals 404 and .detail matches 'not found'

step 'See it at backtest-worker' component=backtest-worker
log seen-worker-bridge 'the engine inside the worker registered its progress bridge' backtest-worker present 'Registered local backtest bridge for operation {worker_id}' sighting

step 'Read the logs' component=backend
log log-absent-backend 'the log of backend does not hold "Registered local bridge for operation {id}"' backend absent 'Registered local bridge for operation {id}' at=backtest-service
log no-errors-backend 'the log of backend has no error of this run' backend clean ids=id,worker_id errors='(\| |\[)[^ ]*(ERROR|CRITICAL)|Traceback \(most recent call last\)|no running event loop' noise='Managed operation [^ ]+ failed: Training operation cancelled' noise='Failed operation: [^ ]+ - Training operation cancelled'
log no-errors-backtest-worker 'the log of backtest-worker has no error of this run' backtest-worker clean ids=id,worker_id errors='(\| |\[)[^ ]*(ERROR|CRITICAL)|Traceback \(most recent call last\)|no running event loop' noise='backtesting\.engine( \||:) .*(Decision error|Error details): ' at=backtest-worker
log no-remote-backtests-never-trade 'the log of backtest-worker has no line of the known defect remote-backtests-never-trade' backtest-worker clean ids='' errors='backtesting\.engine( \||:) .*(Decision error|Error details): ' at=backtest-worker defect=remote-backtests-never-trade

finish
