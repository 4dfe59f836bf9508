#!/bin/bash -p
# Remote Backtest Cancellation (backtest/remote-backtest-cancellation). Made from scenario.yaml: edit that, then `scenario check --write`. new-scenario:032f18bebfb7d039
# The runtime is checked by itself; texts here are literal, so nothing is meant to expand. shellcheck knows neither.
# shellcheck disable=SC1091,SC2016
# shellcheck source=../../runtime.sh
. "$(dirname -- "$0")/../../runtime.sh" 1 "$@" || exit 2

scenario 'Remote Backtest Cancellation' id=backtest/remote-backtest-cancellation plan=22 root=../../..
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
{"strategy_name": "test_e2e_local_pull", "symbol": "EURUSD", "timeframe": "5m", "start_date": "2024-01-01", "end_date": "2024-06-01"}
JSON
check accepted 'the backtest is accepted: the HTTP status is 200 and .success is true and .status is started' start status equals 200 and .success equals true and .status equals started
capture id has-id 'the reply names the backtest' start .operation_id matches '^op_backtesting_[0-9]{8}_[0-9]{6}_[0-9a-f]{8}$'
cleanup 'cancel the backtest' DELETE backend '/api/v1/operations/{id}'

step 'Find the id that it has on the worker' component=backtest-service
log worker-id 'the log of backend holds "Registered remote proxy for operation {id} → host " and tells worker_id' backend present 'Registered remote proxy for operation {id} → host ' takes=worker_id what='op_backtesting_[0-9]{8}_[0-9]{6}_[0-9a-f]{8}'

step 'Wait until the backtest is at 50 %' component=backtest-engine
require 'where backtests run: on the backtest worker' half .data.metadata.mode equals remote cure='start the backtest worker, and the backend with USE_REMOTE_BACKTEST_SERVICE=true'
poll half half-way 'the backtest gets to 50 %' GET backend '/api/v1/operations/{id}' every=1 within=240 progress=.data.progress.percentage until .data.progress.percentage gte 50 ends .data.status in '["completed","failed","cancelled"]' early .data.status equals completed
guard mid-way 'it was running, between 0 and 100 %, right before the cancel' half .data.status equals running and .data.progress.percentage gt 0 lt 100 means='the operation was not under way: what follows would say nothing about cancelling'

step 'Cancel it, once' component=operations-service
request cancel DELETE backend '/api/v1/operations/{id}'
guard in-time 'it had not completed by itself before the cancel arrived' cancel body lacks 'cannot be cancelled \(status: OperationStatus\.COMPLETED\)' means='the data are too small, or this machine too slow: the cancel came too late'
check acknowledged 'the cancel is acknowledged: the HTTP status is 200 and .success is true and .data.status is cancelled' cancel status equals 200 and .success equals true and .data.status equals cancelled
check outcome-remote-cancelled '.data.remote_cancelled is true' cancel .data.remote_cancelled equals true at=backtest-service

step 'See it cancelled on the worker too' component=backtest-worker
hold worker-stays worker-stays '.status is cancelled, for 6 s' GET backtest-worker '/api/v1/operations/{worker_id}' every=1 for=6 progress=.progress.percentage while .status equals cancelled

step 'Read the progress at which it stands in the backend' component=backtest-service
request backend-frozen GET backend '/api/v1/operations/{id}'
check backend-frozen-accepted 'get one operation: the HTTP status is 200 and .success is true' backend-frozen status equals 200 and .success equals true
capture backend_percentage backend-frozen-backend-percentage 'the reply tells .data.progress.percentage' backend-frozen .data.progress.percentage

step 'See that it stands at the same progress on the worker' component=backtest-worker
request worker-frozen GET backtest-worker '/api/v1/operations/{worker_id}'
check worker-frozen-accepted 'get one operation of the worker: the HTTP status is 200 and .operation_type is backtesting' worker-frozen status equals 200 and .operation_type equals backtesting
check same-progress 'both stand at the same progress within 1 %' worker-frozen .progress.percentage near backend_percentage 1

step 'See that it ends, and stays so' component=backtest-engine
poll ended ends 'the backtest ends as it should: .data.status is cancelled' GET backend '/api/v1/operations/{id}' every=1 within=10 progress=.data.progress.percentage until .data.status equals cancelled ends .data.status in '["completed","failed","cancelled"]'
hold stays stays-ended 'it stays so for 6 s' GET backend '/api/v1/operations/{id}' every=1 for=6 progress=.data.progress.percentage while .data.status equals cancelled
series progress-stops 'its progress stops' stays .data.progress.percentage steady

step 'See that a new backtest can start' component=backtest-service
request again POST backend /api/v1/backtests/start json <<'JSON'
{"strategy_name": "test_e2e_local_pull", "symbol": "EURUSD", "timeframe": "5m", "start_date": "2024-01-01", "end_date": "2024-06-01"}
JSON
check accepted-again 'a new backtest is accepted: the HTTP status is 200 and .success is true and .status is started' again status equals 200 and .success equals true and .status equals started
capture new_id has-new-id 'the reply names the new backtest' again .operation_id matches '^op_backtesting_[0-9]{8}_[0-9]{6}_[0-9a-f]{8}$'
cleanup 'cancel the new backtest' DELETE backend '/api/v1/operations/{new_id}'
poll running runs-again 'the new backtest reaches running' GET backend '/api/v1/operations/{new_id}' every=1 within=15 progress=.data.progress.percentage until .data.status equals running ends .data.status in '["completed","failed","cancelled"]' at=backtest-engine

step 'Read the logs' component=backend
log no-errors-backend 'the log of backend has no error of this run' backend clean ids=id,worker_id,new_id errors='(\| |\[)[^ ]*(ERROR|CRITICAL)|Traceback \(most recent call last\)|no running event loop' noise='Managed operation [^ ]+ failed: Training operation cancelled' noise='Failed operation: [^ ]+ - Training operation cancelled'
log no-errors-backtest-worker 'the log of backtest-worker has no error of this run' backtest-worker clean ids=id,worker_id,new_id errors='(\| |\[)[^ ]*(ERROR|CRITICAL)|Traceback \(most recent call last\)|no running event loop' noise='backtesting\.engine( \||:) .*(Decision error|Error details): ' at=backtest-worker
log no-remote-backtests-never-trade 'the log of backtest-worker has no line of the known defect remote-backtests-never-trade' backtest-worker clean ids='' errors='backtesting\.engine( \||:) .*(Decision error|Error details): ' at=backtest-worker defect=remote-backtests-never-trade

finish
