#!/bin/bash -p
# Download Into The Cache (data/download-into-the-cache). Made from scenario.yaml: edit that, then `scenario check --write`. new-scenario:e5ea6f01b66bcf56
# The runtime is checked by itself; texts here are literal, so nothing is meant to expand. shellcheck knows neither.
# shellcheck disable=SC1091,SC2016
# shellcheck source=../../runtime.sh
. "$(dirname -- "$0")/../../runtime.sh" 1 "$@" || exit 2

scenario 'Download Into The Cache' id=data/download-into-the-cache plan=18 root=../../..
permission destructive 'leaves nothing but December 2024 in the price file of EURUSD 30m'
permission external 'asks Interactive Brokers for bars'
lock cache-eurusd-30m
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

step 'Download from Interactive Brokers' component=data-service start=id
request start POST backend /api/v1/data/acquire/download json <<'JSON'
{"symbol": "EURUSD", "timeframe": "30m", "mode": "tail", "start_date": "2024-12-01", "end_date": "2024-12-31"}
JSON
check accepted 'the download is accepted: the HTTP status is 200 and .success is true and .status is started' start status equals 200 and .success equals true and .status equals started
capture id has-id 'the reply names the download' start .operation_id matches '^op_data_load_[0-9]{8}_[0-9]{6}_[0-9a-f]{8}$'
cleanup 'cancel the download' DELETE backend '/api/v1/operations/{id}'

step 'Wait until the download is completed' component=data-worker
poll final completes 'the download completes within 47 s' GET backend '/api/v1/operations/{id}' every=1 within=47 progress=.data.progress.percentage until .data.status equals completed ends .data.status in '["completed","failed","cancelled"]'
check outcome-rows-downloaded '.data.result_summary.rows_downloaded is at least 800' final .data.result_summary.rows_downloaded gte 800

step 'See it at backend' component=backend
request at-operation-record GET backend '/api/v1/operations/{id}'
check seen-operation-record 'the backend knows the operation by its id' at-operation-record .data.operation_id same-as id sighting

step 'Read the bars back from the cache' component=data-cache
request read-back GET backend '/api/v1/data/EURUSD/30m?start_date=2024-12-01&end_date=2024-12-31'
check read-back-accepted 'read cached data: the HTTP status is 200 and .success is true' read-back status equals 200 and .success equals true
check bars-cached 'the bars are in the cache' read-back .data.dates size gte 800
check bars-priced 'each has its five numbers' read-back .data.ohlcv every '[4]' exists true

step 'Download the same once more' component=data-service
request again POST backend /api/v1/data/acquire/download json <<'JSON'
{"symbol": "EURUSD", "timeframe": "30m", "mode": "tail", "start_date": "2024-12-01", "end_date": "2024-12-31"}
JSON
check again-accepted 'download from Interactive Brokers: the HTTP status is 200 and .success is true and .status is started' again status equals 200 and .success equals true and .status equals started
capture again_id again-id 'the reply names the download' again .operation_id matches '^op_data_load_[0-9]{8}_[0-9]{6}_[0-9a-f]{8}$'
cleanup 'cancel the download' DELETE backend '/api/v1/operations/{again_id}'

step 'Wait for it' component=data-worker
poll again-done again-done '.data.status is completed within 60 s' GET backend '/api/v1/operations/{again_id}' every=1 within=60 progress=.data.progress.percentage until .data.status equals completed ends .data.status in '["completed","failed","cancelled"]'
check from-cache 'the second download finds all in the cache' again-done .data.result_summary.cache_hit equals true
check nothing-new 'it downloads nothing' again-done .data.result_summary.rows_downloaded equals 0

step 'See it at operations-service' component=operations-service
log seen-operation-created 'the operations service created it' backend present 'Created operation: {id}' sighting

step 'See it at data-service' component=data-service
log seen-download-accepted 'the data service took it on' backend present 'DataAcquisitionService returned: operation_id={id}' sighting

step 'See it at data-worker' component=data-worker
log seen-segments-fetched 'the acquisition reached its download step' backend present 'Operation {id} progress: 30.0%' sighting

step 'Read the logs' component=backend
log log-matches-backend 'the log of backend has a line that matches "Successfully saved data to cache: .*EURUSD_30m\\.csv"' backend matches 'Successfully saved data to cache: .*EURUSD_30m\.csv' at=data-cache
log no-errors-backend 'the log of backend has no error of this run' backend clean ids=id,again_id errors='(\| |\[)[^ ]*(ERROR|CRITICAL)|Traceback \(most recent call last\)|no running event loop' noise='Managed operation [^ ]+ failed: Training operation cancelled' noise='Failed operation: [^ ]+ - Training operation cancelled' noise='Health check failed: Host service connection failed'

finish
