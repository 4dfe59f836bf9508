#!/bin/bash -p
# Burnt Bread (orders/burnt-bread). Made from scenario.yaml: edit that, then `scenario check --write`. new-scenario:d302e4aaf4b47b6e
# The runtime is checked by itself; texts here are literal, so nothing is meant to expand. shellcheck knows neither.
# shellcheck disable=SC1091,SC2016
# shellcheck source=../../runtime.sh
. "$(dirname -- "$0")/../../runtime.sh" 1 "$@" || exit 2

scenario 'Burnt Bread' id=orders/burnt-bread plan=8 root=../../..
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
{"bread": "charcoal", "loaves": 3}
JSON
check accepted 'the baking is accepted: the HTTP status is 201 and .order.no is there' start status equals 201 and .order.no exists true
capture id has-id 'the reply names the baking' start .order.no matches '^A-[0-9]+$'
cleanup 'cancel the baking' POST counter '/orders/{id}/recall'

step 'Wait until the baking has failed' component=oven
poll final fails 'the baking fails within 30 s' GET counter '/orders/{id}' every=0.2 within=30 progress=.done under-test until .phase equals burnt ends .phase in '["ready","burnt","recalled"]'
check cellar 'no word of the cellar' final body lacks '/cellar/|secret recipe'
check outcome-note '.note matches always burns' final .note matches 'always burns'

step 'See that the system is healthy afterwards' component=counter
request health GET counter /ping
check healthy-afterwards 'the health check answers 200 afterwards' health status equals 200
check healthy-body '.warm is true in the health check afterwards' health .warm equals true

step 'Read the logs' component=counter
log no-errors-counter 'the log of counter has no error of this run' counter clean ids=id errors='PANIC|ALARM' noise='PANIC: A-[0-9]+ burnt'

finish
