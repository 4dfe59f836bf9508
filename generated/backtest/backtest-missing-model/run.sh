#!/bin/bash -p
# Backtest Missing Model (backtest/backtest-missing-model). Made from scenario.yaml: edit that, then `scenario check --write`. new-scenario:b7b3aa6fd4664b58
# The runtime is checked by itself; texts here are literal, so nothing is meant to expand. shellcheck knows neither.
# shellcheck disable=SC1091,SC2016
# shellcheck source=../../runtime.sh
. "$(dirname -- "$0")/../../runtime.sh" 1 "$@" || exit 2

scenario 'Backtest Missing Model' id=backtest/backtest-missing-model plan=12 observe=10 root=../../..
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
trouble 'a backtest completes with 0 trades and return 0' cause='models trained by this version cannot be loaded by its backtest (metadata miss input_size), so every bar becomes HOLD' cure='look for "Model metadata missing input_size" in the log; judge the run by its equity curve, not by its trades' point=traded
preflight

step 'Start a backtest' component=backtest-service start=id
request start POST backend /api/v1/backtests/start json <<'JSON'
{
  "strategy_name": "test_e2e_local_pull",
  "symbol": "EURUSD",
  "timeframe": "1d",
  "start_date": "2024-01-01",
  "end_date": "2024-12-31",
  "model_path": "models/nonexistent_model/invalid_v99/model.pt"
}
JSON
check accepted 'the backtest is accepted: the HTTP status is 200 and .success is true and .status is started' start status equals 200 and .success equals true and .status equals started
capture id has-id 'the reply names the backtest' start .operation_id matches '^op_backtesting_[0-9]{8}_[0-9]{6}_[0-9a-f]{8}$'
cleanup 'cancel the backtest' DELETE backend '/api/v1/operations/{id}'

step 'Wait until the backtest is completed' component=backtest-engine
require 'where backtests run: inside the backend' final .data.metadata.mode equals local cure='start the backend with USE_REMOTE_BACKTEST_SERVICE=false'
poll final completes 'the backtest completes within 30 s' GET backend '/api/v1/operations/{id}' every=1 within=30 progress=.data.progress.percentage until .data.status equals completed ends .data.status in '["completed","failed","cancelled"]'
check bars-traded 'the equity curve has points' final .data.result_summary.equity_curve_length gte 1 means='the data are shorter than the 50 bars of warm-up, so no bar was evaluated'
check traded-told 'the reply tells .data.result_summary.metrics.total_trades' final .data.result_summary.metrics.total_trades exists true
check traded 'at least one trade was made' final .data.result_summary.metrics.total_trades gte 1 means='no decision of the model reached the engine, so nothing of the trading was tested' defect=backtests-never-trade
check outcome-error-message '.data.error_message is absent' final .data.error_message exists false
check outcome-model-path '.data.metadata.parameters.model_path is absent' final .data.metadata.parameters.model_path exists false

step 'See that the system is healthy afterwards' component=api
request healthy GET backend /api/v1/health
check healthy-accepted 'health of the backend: the HTTP status is 200 and .status is ok' healthy status equals 200 and .status equals ok

step 'Read the logs' component=backend
log log-absent-backend 'the log of backend does not hold "nonexistent_model"' backend absent nonexistent_model
log no-errors-backend 'the log of backend has no error of this run' backend clean ids=id errors='(\| |\[)[^ ]*(ERROR|CRITICAL)|Traceback \(most recent call last\)|no running event loop' noise='Managed operation [^ ]+ failed: Training operation cancelled' noise='Failed operation: [^ ]+ - Training operation cancelled' noise='backtesting\.engine( \||:) .*(Decision error|Error details): '
log no-backtests-never-trade 'the log of backend has no line of the known defect backtests-never-trade' backend clean ids='' errors='backtesting\.engine( \||:) .*(Decision error|Error details): ' defect=backtests-never-trade

finish
