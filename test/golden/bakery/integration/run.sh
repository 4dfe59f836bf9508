#!/bin/bash -p
# Till And Oven (orders/till-and-oven). Made from scenario.yaml: edit that, then `scenario check --write`. new-scenario:8ea5db5490bcb4b4
# The runtime is checked by itself; texts here are literal, so nothing is meant to expand. shellcheck knows neither.
# shellcheck disable=SC1091,SC2016
# shellcheck source=../../runtime.sh
. "$(dirname -- "$0")/../../runtime.sh" 1 "$@" || exit 2

scenario 'Till And Oven' id=orders/till-and-oven plan=7 root=../../..
service counter BAKERY_URL default=http://localhost:7070 log=file:bakery.log
ready counter /ping .warm equals true retries=1 wait=0.5 cure='light the oven'
beacon counter '/orders/{nonce}' 'nobody ordered {nonce}'
log-readable counter lock cure='set SCENARIO_LOG_COUNTER=file:<path of the bakery'\''s log>'
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

step 'See it at counter' component=counter
request at-at-the-counter GET counter '/orders/{id}'
check seen-at-the-counter 'the counter knows the order' at-at-the-counter .no same-as id sighting

step 'See it at till' component=till
log seen-at-the-till 'the till took it' counter present 'took {id} at the till' sighting

step 'See it at oven' component=oven
log seen-in-the-oven 'the oven was lit for it' counter present 'lit the oven for {id}' sighting

step 'Read the logs' component=counter
log no-errors-counter 'the log of counter has no error of this run' counter clean ids=id errors='PANIC|ALARM'

finish
