#!/bin/bash -p
# Baking Smoke (orders/baking-smoke). Made from scenario.yaml: edit that, then `scenario check --write`. new-scenario:e561a96c5cfb64ae
# The runtime is checked by itself; texts here are literal, so nothing is meant to expand. shellcheck knows neither.
# shellcheck disable=SC1091,SC2016
# shellcheck source=../../runtime.sh
. "$(dirname -- "$0")/../../runtime.sh" 1 "$@" || exit 2

scenario 'Baking Smoke' id=orders/baking-smoke plan=6 observe=4 root=../../..
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
{"bread": "rye", "loaves": 3}
JSON
check accepted 'the baking is accepted: the HTTP status is 201 and .order.no is there' start status equals 201 and .order.no exists true
capture id has-id 'the reply names the baking' start .order.no matches '^A-[0-9]+$'
cleanup 'cancel the baking' POST counter '/orders/{id}/recall'

step 'Wait until the baking is completed' component=oven
poll final completes 'the baking completes within 30 s' GET counter '/orders/{id}' every=0.2 within=30 progress=.done until .phase equals ready ends .phase in '["ready","burnt","recalled"]'
check all-loaves 'all loaves are in the basket: 3 within 1 %' final .basket.loaves gte 3 lte 3
check crust 'the loaves have a crust, and it is not coal' final .basket.crust gt 0 lt 1 means='dough was sold, or coal'

step 'Read the logs' component=counter
log no-errors-counter 'the log of counter has no error of this run' counter clean ids=id errors='PANIC|ALARM'

finish
