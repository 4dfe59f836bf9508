#!/bin/bash -p
# Backtest On The Worker (backtest/backtest-on-the-worker). Made from scenario.yaml: edit that, then `scenario check --write`. new-scenario:db8e75086d0f57b2
# The runtime is checked by itself; texts here are literal, so nothing is meant to expand. shellcheck knows neither.
# shellcheck disable=SC1091,SC2016
# shellcheck source=../../runtime.sh
. "$(dirname -- "$0")/../../runtime.sh" 1 "$@" || exit 2

scenario 'Backtest On The Worker' id=backtest/backtest-on-the-worker plan=11 observe=9 root=../../..
service backtest-worker KTRDR_BACKTEST_URL default=http://localhost:5003 log=compose:backtest-worker
ready backtest-worker /health .healthy equals true and .service equals backtest-remote retries=2 wait=1 cure='start it with `docker compose up -d` in the KTRDR tree, or set KTRDR_BACKTEST_URL to where it runs'
beacon backtest-worker '/api/v1/operations/{nonce}' 'GET /api/v1/operations/{nonce} HTTP'
log-readable backtest-worker lock cure='run the script where `docker compose logs backtest-worker` works, or set SCENARIO_LOG_BACKTEST_WORKER=file:<path of its log>'
setup backtest-worker 'version era (last release before the distributed workers (6a9512ed, 2025-11-06))' .service equals backtest-remote cure='run it against a system of version era, or take requires.version out of the scenario'
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

step 'Start a backtest on the worker' component=backtest-worker start=id
request start POST backtest-worker /backtests/start json <<'JSON'
{"strategy_name": "test_e2e_local_pull", "symbol": "EURUSD", "timeframe": "1d", "start_date": "2024-01-01", "end_date": "2024-12-31"}
JSON
check accepted 'the backtest of the worker is accepted: the HTTP status is 200 and .success is true and .status is started' start status equals 200 and .success equals true and .status equals started
capture id has-id 'the reply names the backtest of the worker' start .operation_id matches '^op_backtesting_[0-9]{8}_[0-9]{6}_[0-9a-f]{8}$'
cleanup 'cancel the backtest of the worker' DELETE backtest-worker '/api/v1/operations/{id}/cancel'

step 'Wait until the backtest of the worker is completed' component=backtest-worker
poll final completes 'the backtest of the worker completes within 30 s' GET backtest-worker '/api/v1/operations/{id}' every=1 within=30 progress=.progress.percentage until .status equals completed ends .status in '["completed","failed","cancelled"]'
check bars-traded 'the equity curve has points' final .result_summary.equity_curve_length gte 1 means='the data are shorter than the 50 bars of warm-up, so no bar was evaluated'
check traded-told 'the reply tells .result_summary.metrics.total_trades' final .result_summary.metrics.total_trades exists true
check traded 'at least one trade was made' final .result_summary.metrics.total_trades gte 1 means='no decision of the model reached the engine, so nothing of the trading was tested' defect=worker-backtests-never-trade
check outcome-metadata-mode '.metadata.mode is local' final .metadata.mode equals local
check outcome-curve-length '.result_summary.equity_curve_length is at least 195 and is at most 221' final .result_summary.equity_curve_length gte 195 lte 221

step 'Read the logs' component=backtest-worker
log log-present-backtest-worker 'the log of backtest-worker holds "Registered local backtest bridge for operation {id}"' backtest-worker present 'Registered local backtest bridge for operation {id}' sighting
log no-errors-backtest-worker 'the log of backtest-worker has no error of this run' backtest-worker clean ids=id errors='(\| |\[)[^ ]*(ERROR|CRITICAL)|Traceback \(most recent call last\)|no running event loop' noise='backtesting\.engine( \||:) .*(Decision error|Error details): '
log no-worker-backtests-never-trade 'the log of backtest-worker has no line of the known defect worker-backtests-never-trade' backtest-worker clean ids='' errors='backtesting\.engine( \||:) .*(Decision error|Error details): ' defect=worker-backtests-never-trade

finish
