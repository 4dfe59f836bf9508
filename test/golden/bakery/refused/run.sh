#!/bin/bash -p
# No Bread (orders/no-bread). Made from scenario.yaml: edit that, then `scenario check --write`. new-scenario:34e2f8480687817a
# The runtime is checked by itself; texts here are literal, so nothing is meant to expand. shellcheck knows neither.
# shellcheck disable=SC1091,SC2016
# shellcheck source=../../runtime.sh
. "$(dirname -- "$0")/../../runtime.sh" 1 "$@" || exit 2

scenario 'No Bread' id=orders/no-bread plan=6 root=../../..
service counter BAKERY_URL default=http://localhost:7070 log=file:bakery.log
ready counter /ping .warm equals true retries=1 wait=0.5 cure='light the oven'
beacon counter '/orders/{nonce}' 'nobody ordered {nonce}'
log-readable counter lock cure='set SCENARIO_LOG_COUNTER=file:<path of the bakery'\''s log>'
classify misconfigured 'no flour for ' cure='order flour'
unknown-route 404 '^there is no such door$'
trouble 'nothing comes out' cause='the oven is cold' cure='light it' verdict=blocked matches='does not answer'
preflight

step 'Place an order, with what must be refused' component=till
request answer POST counter /orders json under-test <<'JSON'
{}
JSON
check refused 'it is refused with status 400' answer status equals 400
check refusal-body '.problem.text matches . in the refusal' answer .problem.text matches .
check cellar 'no word of the cellar' answer body lacks '/cellar/|secret recipe'

step 'See that the system is healthy afterwards' component=counter
request health GET counter /ping
check healthy-afterwards 'the health check answers 200 afterwards' health status equals 200
check healthy-body '.warm is true in the health check afterwards' health .warm equals true

step 'Read the logs' component=counter
log no-errors-counter 'the log of counter has no error in the window of this run' counter clean ids='' errors='PANIC|ALARM' noise='PANIC: A-[0-9]+ burnt'

finish
