#!/bin/bash -p
# IB Host Bars (host/ib-host-bars). Made from scenario.yaml: edit that, then `scenario check --write`. new-scenario:79348d54bb838003
# The runtime is checked by itself; texts here are literal, so nothing is meant to expand. shellcheck knows neither.
# shellcheck disable=SC1091,SC2016
# shellcheck source=../../runtime.sh
. "$(dirname -- "$0")/../../runtime.sh" 1 "$@" || exit 2

scenario 'IB Host Bars' id=host/ib-host-bars plan=8 root=../../..
permission external 'asks Interactive Brokers'
lock ib
service ib-host KTRDR_IB_HOST_URL default=http://localhost:5001
ready ib-host /health .healthy equals true retries=2 wait=1 cure='start it in the KTRDR tree (ib-host-service/start.sh) next to IB Gateway, or set KTRDR_IB_HOST_URL to where it runs'
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
trouble 'a service cannot be reached' cause='it is not running, or runs elsewhere' cure='see what runs with `docker ps`' cure='start the services with `docker compose up -d`' cure='set the variables KTRDR_API_URL, KTRDR_TRAINING_HOST_URL, KTRDR_IB_HOST_URL and KTRDR_BACKTEST_URL where the ports differ' verdict=blocked matches='does not answer|is not ready'
trouble 'a service cannot be reached' cause='it is not running, or runs elsewhere' cure='see what runs with `docker ps`' cure='start the services with `docker compose up -d`' cure='set the variables KTRDR_API_URL, KTRDR_TRAINING_HOST_URL, KTRDR_IB_HOST_URL and KTRDR_BACKTEST_URL where the ports differ' matches='no reply: connection refused|All connection attempts failed'
preflight

step 'Bars straight from the IB host' component=ib-gateway
request answer POST ib-host /data/historical json <<'JSON'
{"symbol": "EURUSD", "timeframe": "1h", "start": "2024-12-01", "end": "2024-12-31"}
JSON
check answers 'it answers with status 200' answer status equals 200
check answer-body '.success is true in the reply' answer .success equals true
check answer-body-2 '.rows is at least 1 in the reply' answer .rows gte 1
check in-time 'it answers within 20 s' answer seconds lte 20
check outcome-error '.error is absent' answer .error exists false
check outcome-rows '.rows is at least 400 and is at most 744' answer .rows gte 400 lte 744
check outcome-data '.data matches "open":[0-9.]+,"high":[0-9.]+,"low":[0-9.]+,"close":[0-9.]+,"volume":' answer .data matches '"open":[0-9.]+,"high":[0-9.]+,"low":[0-9.]+,"close":[0-9.]+,"volume":'
check outcome-data-2 '.data matches "2024-12-[0-9][0-9]T[0-9:.]+Z":' answer .data matches '"2024-12-[0-9][0-9]T[0-9:.]+Z":'

finish
