#!/bin/bash -p
# Cached Hours (data/cached-hours). Made from scenario.yaml: edit that, then `scenario check --write`. new-scenario:f5ac7c84c14da610
# The runtime is checked by itself; texts here are literal, so nothing is meant to expand. shellcheck knows neither.
# shellcheck disable=SC1091,SC2016
# shellcheck source=../../runtime.sh
. "$(dirname -- "$0")/../../runtime.sh" 1 "$@" || exit 2

scenario 'Cached Hours' id=data/cached-hours plan=11 root=../../..
service backend KTRDR_API_URL default=http://localhost:8000 log=compose:backend
ready backend /api/v1/health .status equals ok retries=2 wait=1 cure='start it with `docker compose up -d` in the KTRDR tree, or set KTRDR_API_URL to where it runs'
beacon backend '/api/v1/operations/{nonce}' 'Operation not found: {nonce}'
log-readable backend lock cure='run the script where `docker compose logs backend` works, or set SCENARIO_LOG_BACKEND=file:<path of ktrdr.log>'
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
trouble 'the download takes the cache, or is refused with "Invalid mode"' cause='the payload has no mode tail' cure='send "mode": "tail" in the payload' matches='Invalid mode'
trouble 'a service cannot be reached' cause='it is not running, or runs elsewhere' cure='see what runs with `docker ps`' cure='start the services with `docker compose up -d`' cure='set the variables KTRDR_API_URL, KTRDR_TRAINING_HOST_URL, KTRDR_IB_HOST_URL and KTRDR_BACKTEST_URL where the ports differ' verdict=blocked matches='does not answer|is not ready'
trouble 'a service cannot be reached' cause='it is not running, or runs elsewhere' cure='see what runs with `docker ps`' cure='start the services with `docker compose up -d`' cure='set the variables KTRDR_API_URL, KTRDR_TRAINING_HOST_URL, KTRDR_IB_HOST_URL and KTRDR_BACKTEST_URL where the ports differ' matches='no reply: connection refused|All connection attempts failed'
trouble 'a download fails with a connection error or a timeout' cause='the IB host is not running, or IB Gateway is not connected' cure='see that the IB host answers on /health (it says nothing about the Gateway)' cure='start IB Gateway or TWS' cure='log in to the paper trading account' matches='Host service (connection failed|timeout)'
preflight

step 'Read cached data' component=data-cache
request answer GET backend '/api/v1/data/EURUSD/1h?start_date=2005-03-14&end_date=2025-09-12'
check answers 'it answers with status 200' answer status equals 200
check answer-body '.success is true in the reply' answer .success equals true
check answer-body-2 '.data.dates[0] is there in the reply' answer '.data.dates[0]' exists true
check answer-body-3 '.data.ohlcv[0][3] is above 0 in the reply' answer '.data.ohlcv[0][3]' gt 0
check in-time 'it answers within 10 s' answer seconds lte 10
check outcome-point-count '.data.metadata.point_count is at least 100000' answer .data.metadata.point_count gte 100000
check outcome-data-dates '.data.dates has a size that is at least 100000' answer .data.dates size gte 100000
check outcome-data-ohlcv '.data.ohlcv has a size that is at least 100000' answer .data.ohlcv size gte 100000
check outcome-ohlcv-0 '.data.ohlcv[0] has a size that is 5' answer '.data.ohlcv[0]' size equals 5
check outcome-99999-3 '.data.ohlcv[99999][3] is above 0' answer '.data.ohlcv[99999][3]' gt 0

step 'Read the logs' component=backend
log no-errors-backend 'the log of backend has no error in the window of this run' backend clean ids='' errors='(\| |\[)[^ ]*(ERROR|CRITICAL)|Traceback \(most recent call last\)|no running event loop' noise='Managed operation [^ ]+ failed: Training operation cancelled' noise='Failed operation: [^ ]+ - Training operation cancelled' noise='Health check failed: Host service connection failed'

finish
