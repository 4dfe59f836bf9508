#!/bin/bash -p
# Download Progress (data/download-progress). Made from scenario.yaml: edit that, then `scenario check --write`. new-scenario:9cd687560da4936d
# The runtime is checked by itself; texts here are literal, so nothing is meant to expand. shellcheck knows neither.
# shellcheck disable=SC1091,SC2016
# shellcheck source=../../runtime.sh
. "$(dirname -- "$0")/../../runtime.sh" 1 "$@" || exit 2

scenario 'Download Progress' id=data/download-progress plan=15 observe=13 root=../../..
permission destructive 'a ranged download leaves nothing but its range in the price file of that symbol and timeframe (104,469 rows became 1,009, recording download-shrinks-cache-stubbed-ib)'
permission external 'asks Interactive Brokers'
lock cache-gbpusd-1h
service backend KTRDR_API_URL default=http://localhost:8000 log=compose:backend
ready backend /api/v1/health .status equals ok retries=2 wait=1 cure='start it with `docker compose up -d` in the KTRDR tree, or set KTRDR_API_URL to where it runs'
beacon backend '/api/v1/operations/{nonce}' 'Operation not found: {nonce}'
log-readable backend lock cure='run the script where `docker compose logs backend` works, or set SCENARIO_LOG_BACKEND=file:<path of ktrdr.log>'
service ib-host KTRDR_IB_HOST_URL default=http://localhost:5001
ready ib-host /health .healthy equals true retries=2 wait=1 cure='start it in the KTRDR tree (ib-host-service/start.sh) next to IB Gateway, or set KTRDR_IB_HOST_URL to where it runs'
setup backend 'version era (last release before the distributed workers (6a9512ed, 2025-11-06))' .orphan_detector exists false cure='run it against a system of version era, or take requires.version out of the scenario'
mode KTRDR_IB_STATE up 'How far Interactive Brokers can be reached: the IB host runs and the Gateway is logged in' default=up cure='start the IB host next to a logged-in IB Gateway, and say so with KTRDR_IB_STATE=up'
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

step 'Download from Interactive Brokers' component=data-service start=id
request start POST backend /api/v1/data/acquire/download json <<'JSON'
{"symbol": "GBPUSD", "timeframe": "1h", "mode": "tail", "start_date": "2024-01-01", "end_date": "2024-12-31"}
JSON
check accepted 'the download is accepted: the HTTP status is 200 and .success is true and .status is started' start status equals 200 and .success equals true and .status equals started
capture id has-id 'the reply names the download' start .operation_id matches '^op_data_load_[0-9]{8}_[0-9]{6}_[0-9a-f]{8}$'
cleanup 'cancel the download' DELETE backend '/api/v1/operations/{id}'

step 'Watch the download to its end' component=data-worker
poll watch completes 'the download completes within 180 s' GET backend '/api/v1/operations/{id}' every=1 within=180 progress=.data.progress.percentage until .data.status equals completed ends .data.status in '["completed","failed","cancelled"]'
guard long-enough 'it took at least 12 s' watch elapsed gte 12 means='the data are too small: there was nothing to watch'
check outcome-rows-downloaded '.data.result_summary.rows_downloaded is at least 5000' watch .data.result_summary.rows_downloaded gte 5000
check outcome-items-processed '.data.progress.items_processed is at least 5000' watch .data.progress.items_processed gte 5000
check outcome-current-step '.data.progress.current_step matches Saved [0-9,]+ bars to CSV \(13/13\)' watch .data.progress.current_step matches 'Saved [0-9,]+ bars to CSV \(13/13\)'

step 'Judge the progress that was seen' component=data-worker
series mid-way-seen 'progress was seen strictly between 0 and 100 %' watch .data.progress.percentage strictly-between 0 100
series moves 'at least 3 different values were seen' watch .data.progress.percentage distinct 3
series never-over 'progress never exceeds 100 %' watch .data.progress.percentage never-over 100
series never-falls 'progress never falls' watch .data.progress.percentage never-falls
series ends-full 'progress ends at 100 %' watch .data.progress.percentage ends-at 100

step 'Read the logs' component=backend
log log-matches-backend 'the log of backend has a line that matches "progress: [0-9.]+% - .*Segment 7/13: "' backend matches 'progress: [0-9.]+% - .*Segment 7/13: ' at=data-worker
log log-present-backend 'the log of backend holds "Segment fetching complete: 13 successful, 0 failed"' backend present 'Segment fetching complete: 13 successful, 0 failed' at=data-worker
log no-errors-backend 'the log of backend has no error of this run' backend clean ids=id errors='(\| |\[)[^ ]*(ERROR|CRITICAL)|Traceback \(most recent call last\)|no running event loop' noise='Health check failed: Host service connection failed'

finish
