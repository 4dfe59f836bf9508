#!/bin/bash -p
# Baking Progress (orders/baking-progress). Made from scenario.yaml: edit that, then `scenario check --write`. new-scenario:288b299bb961358e
# The runtime is checked by itself; texts here are literal, so nothing is meant to expand. shellcheck knows neither.
# shellcheck disable=SC1091,SC2016
# shellcheck source=../../runtime.sh
. "$(dirname -- "$0")/../../runtime.sh" 1 "$@" || exit 2

scenario 'Baking Progress' id=orders/baking-progress plan=10 observe=8 root=../../..
service counter BAKERY_URL default=http://localhost:7070 log=file:bakery.log
ready counter /ping .warm equals true retries=1 wait=0.5 cure='light the oven'
beacon counter '/orders/{nonce}' 'nobody ordered {nonce}'
log-readable counter cure='set SCENARIO_LOG_COUNTER=file:<path of the bakery'\''s log>'
classify misconfigured 'no flour for ' cure='order flour'
unknown-route 404 '^there is no such door$'
trouble 'nothing comes out' cause='the oven is cold' cure='light it' verdict=blocked matches='does not answer'
preflight

step 'Place an order' component=till start=id
request start POST counter /orders json <<'JSON'
{"bread": "spelt", "loaves": 60}
JSON
check accepted 'the baking is accepted: the HTTP status is 201 and .order.no is there' start status equals 201 and .order.no exists true
capture id has-id 'the reply names the baking' start .order.no matches '^A-[0-9]+$'
cleanup 'cancel the baking' POST counter '/orders/{id}/recall'

step 'Watch the baking to its end' component=oven
poll watch completes 'the baking completes within 30 s' GET counter '/orders/{id}' every=0.2 within=30 progress=.done until .phase equals ready ends .phase in '["ready","burnt","recalled"]'
guard long-enough 'it took at least 3 s' watch elapsed gte 3 means='the data are too small: there was nothing to watch'

step 'Judge the progress that was seen' component=oven
series mid-way-seen 'progress was seen strictly between 0 and 1' watch .done strictly-between 0 1
series moves 'at least 3 different values were seen' watch .done distinct 3
series never-over 'progress never exceeds 1' watch .done never-over 1
series never-falls 'progress never falls' watch .done never-falls
series ends-full 'progress ends at 1' watch .done ends-at 1

step 'Read the logs' component=counter
log no-errors-counter 'the log of counter has no error of this run' counter clean ids=id errors='PANIC|ALARM'

finish
