#!/bin/bash -p
# Baking Recalled (orders/baking-recalled). Made from scenario.yaml: edit that, then `scenario check --write`. new-scenario:35314b174ea893f8
# The runtime is checked by itself; texts here are literal, so nothing is meant to expand. shellcheck knows neither.
# shellcheck disable=SC1091,SC2016
# shellcheck source=../../runtime.sh
. "$(dirname -- "$0")/../../runtime.sh" 1 "$@" || exit 2

scenario 'Baking Recalled' id=orders/baking-recalled plan=13 root=../../..
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

step 'Wait until the baking is at 50 %' component=oven
poll half half-way 'the baking gets to 50 %' GET counter '/orders/{id}' every=0.2 within=30 progress=.done until .done gte 0.5 ends .phase in '["ready","burnt","recalled"]' early .phase equals ready
guard mid-way 'it was running, between 0 and 100 %, right before the cancel' half .phase equals baking and .done gt 0 lt 1 means='the operation was not under way: what follows would say nothing about cancelling'

step 'Cancel it, once' component=till
request cancel POST counter '/orders/{id}/recall'
guard in-time 'it had not completed by itself before the cancel arrived' cancel body lacks 'is ready already' means='the data are too small, or this machine too slow: the cancel came too late'
check acknowledged 'the cancel is acknowledged: the HTTP status is 202 and .recalled is true' cancel status equals 202 and .recalled equals true

step 'See that it ends, and stays so' component=oven
poll ended ends 'the baking ends as it should: .phase is recalled' GET counter '/orders/{id}' every=0.2 within=3 progress=.done until .phase equals recalled ends .phase in '["ready","burnt","recalled"]'
hold stays stays-ended 'it stays so for 1 s' GET counter '/orders/{id}' every=0.2 for=1 progress=.done while .phase equals recalled
series progress-stops 'its progress stops' stays .done steady

step 'See that a new baking can start' component=till
request again POST counter /orders json <<'JSON'
{"bread": "spelt", "loaves": 60}
JSON
check accepted-again 'a new baking is accepted: the HTTP status is 201 and .order.no is there' again status equals 201 and .order.no exists true
capture new_id has-new-id 'the reply names the new baking' again .order.no matches '^A-[0-9]+$'
cleanup 'cancel the new baking' POST counter '/orders/{new_id}/recall'
poll running runs-again 'the new baking reaches running' GET counter '/orders/{new_id}' every=0.2 within=5 progress=.done until .phase equals baking ends .phase in '["ready","burnt","recalled"]' at=oven

step 'Read the logs' component=counter
log no-errors-counter 'the log of counter has no error of this run' counter clean ids=id,new_id errors='PANIC|ALARM' noise='ALARM: door opened on A-[0-9]+'

finish
