#!/bin/bash -p
# Failed Download by Command (data/failed-download-by-command). Made from scenario.yaml: edit that, then `scenario check --write`. new-scenario:e2ec2f1b20ececcc
# The runtime is checked by itself; texts here are literal, so nothing is meant to expand. shellcheck knows neither.
# shellcheck disable=SC1091,SC2016
# shellcheck source=../../runtime.sh
. "$(dirname -- "$0")/../../runtime.sh" 1 "$@" || exit 2

scenario 'Failed Download by Command' id=data/failed-download-by-command plan=13 root=../../..
tool ktrdr cure='install it in the KTRDR tree (uv sync) and put .venv/bin on PATH'
service backend KTRDR_API_URL default=http://localhost:8000 log=compose:backend own=API_BASE_URL own-path=/api/v1
ready backend /api/v1/health .status equals ok retries=2 wait=1 cure='start it with `docker compose up -d` in the KTRDR tree, or set KTRDR_API_URL to where it runs'
beacon backend '/api/v1/operations/{nonce}' 'Operation not found: {nonce}'
log-readable backend cure='run the script where `docker compose logs backend` works, or set SCENARIO_LOG_BACKEND=file:<path of ktrdr.log>'
service ib-host KTRDR_IB_HOST_URL default=http://localhost:5001
down ib-host /health cure='stop the IB host (ib-host-service)'
setup backend 'version era (last release before the distributed workers (6a9512ed, 2025-11-06))' .orphan_detector exists false cure='run it against a system of version era, or take requires.version out of the scenario'
mode KTRDR_IB_STATE host-down 'How far Interactive Brokers can be reached: the IB host does not run' default=up cure='stop the IB host (ib-host-service), and say so with KTRDR_IB_STATE=host-down'
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

step 'Run ktrdr data load' component=data-service start=id
request before GET backend '/api/v1/operations?operation_type=data_load&limit=100'
launch command -- ktrdr data load EURUSD --timeframe 1h --mode tail --start 2024-12-01 --end 2024-12-31
find id has-id 'the download that the command started is found' GET backend '/api/v1/operations?operation_type=data_load&limit=100' before=before items=.data item=.operation_id command=command within=20 where .operation_type equals data_load and .symbol equals EURUSD
cleanup 'cancel the download' DELETE backend '/api/v1/operations/{id}'
request record GET backend '/api/v1/operations/{id}'
check as-asked 'it does what the command asked for: .data.metadata.timeframe is 1h' record .data.metadata.timeframe equals '"1h"'

step 'Wait until the download has failed' component=data-worker
poll final fails 'the download fails within 30 s' GET backend '/api/v1/operations/{id}' every=1 within=30 progress=.data.progress.percentage under-test until .data.status equals failed ends .data.status in '["completed","failed","cancelled"]'
check stack-trace 'no stack trace' final body lacks 'Traceback \(most recent call last\)|File "[^"]+", line [0-9]+|(^|\n)\s*at .+[(:][0-9]+(:[0-9]+)?\)|(^|\n)\s*at [A-Za-z_$][A-Za-z0-9_$.<>]*\([A-Za-z0-9_$]+\.(java|kt|scala)'
check absolute-path 'no absolute path' final body lacks '(^|[\s"'\''(=:,;<\[]|file://)/(app|bin|etc|home|lib|mnt|opt|private|root|srv|tmp|usr|var|Users|Volumes|Library|workspace)/'
check home 'no home folder' final body lacks '(^|[\s"'\''(=:,;<\[])~([a-z_][a-z0-9_-]*)?/'
check drive-prefix 'no drive prefix' final body lacks '(^|[^A-Za-z0-9])[A-Za-z]:\\|(^|[\s"'\''(=:,;<\[])[A-Za-z]:/[^/]|(^|[\s"'\''(=:,;<\[])\\\\[A-Za-z0-9]'
check outcome-error-message '.data.error_message matches Host service connection failed' final .data.error_message matches 'Host service connection failed'

step 'See how the command ends' component=backend start=id
collect command within=15
check outcome-exit 'the exit code is 0 and stdout matches completed with status: failed' command exit equals 0 and stdout matches 'completed with status: failed'
find id only-one 'nobody else started the like of it meanwhile' GET backend '/api/v1/operations?operation_type=data_load&limit=100' before=before items=.data item=.operation_id command=command within=20 sole where .operation_type equals data_load and .symbol equals EURUSD means='the download that was followed may be another one'\''s'

step 'See that the system is healthy afterwards' component=backend
request health GET backend /api/v1/health
check healthy-afterwards 'the health check answers 200 afterwards' health status equals 200
check healthy-body '.status is ok in the health check afterwards' health .status equals ok

step 'Read the logs' component=backend
log no-errors-backend 'the log of backend has no error of this run' backend clean ids=id errors='(\| |\[)[^ ]*(ERROR|CRITICAL)|Traceback \(most recent call last\)|no running event loop' noise='Request validation error: ' noise='(Failed to start training|Data acquisition failed): ' noise='Managed operation [^ ]+ failed: ' noise='Failed operation: [^ ]+ - ' noise='local_data_loader|data_service|indicator_engine' noise='Traceback \(most recent call last\)' noise='Health check failed: Host service connection failed'

finish
