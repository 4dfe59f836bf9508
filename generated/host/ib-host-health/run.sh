#!/bin/bash -p
# IB Host Health (host/ib-host-health). Made from scenario.yaml: edit that, then `scenario check --write`. new-scenario:cb91363176355c07
# The runtime is checked by itself; texts here are literal, so nothing is meant to expand. shellcheck knows neither.
# shellcheck disable=SC1091,SC2016
# shellcheck source=../../runtime.sh
. "$(dirname -- "$0")/../../runtime.sh" 1 "$@" || exit 2

scenario 'IB Host Health' id=host/ib-host-health plan=7 root=../../..
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

step 'Health of the IB host' component=ib-host
request answer GET ib-host /health
check answers 'it answers with status 200' answer status equals 200
check answer-body '.healthy is true in the reply' answer .healthy equals true
check answer-body-2 '.status is operational in the reply' answer .status equals operational
check in-time 'it answers within 2 s' answer seconds lte 2
check outcome-service '.service is ib-connector' answer .service equals ib-connector

step 'Ask the Gateway for a symbol, since the health check never looks at it' component=ib-gateway
request ask-the-gateway POST ib-host /data/validate json <<'JSON'
{"symbol": "EURUSD"}
JSON
check ask-the-gateway-accepted 'look up a symbol at the IB host: the HTTP status is 200 and .success is true' ask-the-gateway status equals 200 and .success equals true
check gateway-answers 'the Gateway knows EURUSD' ask-the-gateway .is_valid equals true

finish
