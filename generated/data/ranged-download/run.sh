#!/bin/bash -p
# Ranged Download (data/ranged-download). Made from scenario.yaml: edit that, then `scenario check --write`. new-scenario:142a3e805fb4eab6
# The runtime is checked by itself; texts here are literal, so nothing is meant to expand. shellcheck knows neither.
# shellcheck disable=SC1091,SC2016
# shellcheck source=../../runtime.sh
. "$(dirname -- "$0")/../../runtime.sh" 1 "$@" || exit 2

scenario 'Ranged Download' id=data/ranged-download plan=22 root=../../..
permission destructive 'EURUSD 1d is cut to the range and downloaded again from end to end, what Interactive Brokers no longer has is lost'
permission external 'asks Interactive Brokers for twenty years of days'
lock cache-eurusd-1d
lock ib
service backend KTRDR_API_URL default=http://localhost:8000 log=compose:backend
ready backend /api/v1/health .status equals ok retries=2 wait=1 cure='start it with `docker compose up -d` in the KTRDR tree, or set KTRDR_API_URL to where it runs'
beacon backend '/api/v1/operations/{nonce}' 'Operation not found: {nonce}'
log-readable backend lock cure='run the script where `docker compose logs backend` works, or set SCENARIO_LOG_BACKEND=file:<path of ktrdr.log>'
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

step 'Note what the cache holds' component=data-cache
request before POST backend /api/v1/data/range json <<'JSON'
{"symbol": "EURUSD", "timeframe": "1d"}
JSON
check before-accepted 'range of cached data: the HTTP status is 200 and .success is true' before status equals 200 and .success equals true
capture first_day before-first-day 'the reply tells .data.start_date' before .data.start_date
capture last_day before-last-day 'the reply tells .data.end_date' before .data.end_date
capture days_before before-days-before 'the reply tells .data.point_count' before .data.point_count
cleanup 'bring back what before changed' POST backend /api/v1/data/acquire/download json fill restore <<'JSON'
{"symbol": "EURUSD", "timeframe": "1d", "mode": "full", "start_date": "{first_day}", "end_date": "{last_day}"}
JSON

step 'Download from Interactive Brokers' component=data-service start=id
request start POST backend /api/v1/data/acquire/download json <<'JSON'
{"symbol": "EURUSD", "timeframe": "1d", "mode": "tail", "start_date": "2025-08-01", "end_date": "2025-10-31"}
JSON
check accepted 'the download is accepted: the HTTP status is 200 and .success is true and .status is started' start status equals 200 and .success equals true and .status equals started
capture id has-id 'the reply names the download' start .operation_id matches '^op_data_load_[0-9]{8}_[0-9]{6}_[0-9a-f]{8}$'
cleanup 'cancel the download' DELETE backend '/api/v1/operations/{id}'

step 'Wait until the download is completed' component=data-worker
poll final completes 'the download completes within 30 s' GET backend '/api/v1/operations/{id}' every=1 within=30 progress=.data.progress.percentage until .data.status equals completed ends .data.status in '["completed","failed","cancelled"]'

step 'See it at backend' component=backend
request at-operation-record GET backend '/api/v1/operations/{id}'
check seen-operation-record 'the backend knows the operation by its id' at-operation-record .data.operation_id same-as id sighting

step 'See what is left' component=data-cache
request cut POST backend /api/v1/data/range json <<'JSON'
{"symbol": "EURUSD", "timeframe": "1d"}
JSON
check cut-accepted 'range of cached data: the HTTP status is 200 and .success is true' cut status equals 200 and .success equals true
check only-the-range 'nothing but the range is left in the cache' cut .data.start_date matches '^2025-08-01T'
check rest-is-gone 'the other days are gone' cut .data.point_count lt '{days_before}'

step 'Download the whole range again' component=data-service
request whole POST backend /api/v1/data/acquire/download json fill <<'JSON'
{"symbol": "EURUSD", "timeframe": "1d", "mode": "full", "start_date": "{first_day}", "end_date": "{last_day}"}
JSON
check whole-accepted 'download from Interactive Brokers: the HTTP status is 200 and .success is true and .status is started' whole status equals 200 and .success equals true and .status equals started
capture whole_id whole-id 'the reply names the download' whole .operation_id matches '^op_data_load_[0-9]{8}_[0-9]{6}_[0-9a-f]{8}$'
cleanup 'cancel the download' DELETE backend '/api/v1/operations/{whole_id}'

step 'Wait for it' component=data-worker
poll whole-done whole-done '.data.status is completed within 300 s' GET backend '/api/v1/operations/{whole_id}' every=1 within=300 progress=.data.progress.percentage until .data.status equals completed ends .data.status in '["completed","failed","cancelled"]'

step 'See that the cache holds as much as before' component=data-cache
request after POST backend /api/v1/data/range json <<'JSON'
{"symbol": "EURUSD", "timeframe": "1d"}
JSON
check after-accepted 'range of cached data: the HTTP status is 200 and .success is true' after status equals 200 and .success equals true
check all-days-back 'as many days as before are in the cache' after .data.point_count same-as days_before
check first-day-back 'from the same first day' after .data.start_date same-as first_day

step 'See it at operations-service' component=operations-service
log seen-operation-created 'the operations service created it' backend present 'Created operation: {id}' sighting

step 'See it at data-service' component=data-service
log seen-download-accepted 'the data service took it on' backend present 'DataAcquisitionService returned: operation_id={id}' sighting

step 'See it at data-worker' component=data-worker
log seen-segments-fetched 'the acquisition reached its download step' backend present 'Operation {id} progress: 30.0%' sighting

step 'Read the logs' component=backend
log log-matches-backend 'the log of backend has a line that matches "Successfully saved data to cache: .*EURUSD_1d\\.csv"' backend matches 'Successfully saved data to cache: .*EURUSD_1d\.csv' at=data-cache
log no-errors-backend 'the log of backend has no error of this run' backend clean ids=id,whole_id errors='(\| |\[)[^ ]*(ERROR|CRITICAL)|Traceback \(most recent call last\)|no running event loop' noise='Managed operation [^ ]+ failed: Training operation cancelled' noise='Failed operation: [^ ]+ - Training operation cancelled' noise='Health check failed: Host service connection failed'

finish
