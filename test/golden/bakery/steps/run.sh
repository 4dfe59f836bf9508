#!/bin/bash -p
# Baking Smoke (orders/baking-smoke). Made from scenario.yaml: edit that, then `scenario check --write`. new-scenario:67c1798c34167382
# The runtime is checked by itself; texts here are literal, so nothing is meant to expand. shellcheck knows neither.
# shellcheck disable=SC1091,SC2016
# shellcheck source=../../runtime.sh
. "$(dirname -- "$0")/../../runtime.sh" 1 "$@" || exit 2

scenario 'Baking Smoke' id=orders/baking-smoke plan=22 root=../../..
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

step 'Read what there is' component=till
request menu GET counter /menu
check menu-accepted 'read the menu: the HTTP status is 200 and .day matches ^[A-Z][a-z]+day$' menu status equals 200 and .day matches '^[A-Z][a-z]+day$'
capture bread menu-bread 'the reply tells .breads[0].name' menu '.breads[0].name'
capture grams menu-grams 'the reply tells .breads[0].grams' menu '.breads[0].grams'
check few-breads '.breads has a size that is at least 1 and is at most 9' menu .breads size gte 1 lte 9
check menu-breads '.breads has elements, each whose .grams is above 0' menu .breads every .grams gt 0
check menu-breads-2 '.breads has an element whose .name matches ^r and is the captured bread' menu .breads some .name matches '^r' same-as bread

step 'Wait until the baking is completed' component=oven
poll final completes 'the baking completes within 30 s' GET counter '/orders/{id}' every=0.2 within=30 progress=.done until .phase equals ready ends .phase in '["ready","burnt","recalled"]'
check all-loaves 'all loaves are in the basket: 3 within 1 %' final .basket.loaves gte 3 lte 3
check crust 'the loaves have a crust, and it is not coal' final .basket.crust gt 0 lt 1 means='dough was sold, or coal'

step 'Order some more of it' component=till
request second POST counter /orders json fill <<'JSON'
{"bread": "{bread}", "loaves": 40}
JSON
check second-accepted 'place an order: the HTTP status is 201 and .order.no is there' second status equals 201 and .order.no exists true
capture second_id second-id 'the reply names the baking' second .order.no matches '^A-[0-9]+$'
cleanup 'cancel the baking' POST counter '/orders/{second_id}/recall'

step 'Wait until .phase is ready' component=oven
poll second-baked second-baked 'the second order is ready' GET counter '/orders/{second_id}' every=0.2 within=20 progress=.done until .phase equals ready ends .phase in '["ready","burnt","recalled"]'
check second-baked-no '.no is not the captured id' second-baked .no differs-from id
check second-baked-basket-loaves '.basket.loaves is below the captured grams' second-baked .basket.loaves lt '{grams}'
series was-baking '.phase is "baking" on the way' second-baked .phase passes-through '"baking"'
series second-baked-phases-2 '.phase goes through "queued", "baking", "ready" in this order' second-baked .phase phases '["queued","baking","ready"]'
series second-baked-never-falls-3 '.done never falls' second-baked .done never-falls

step 'See that it stays so: .phase is ready and .no is the captured id' component=counter
hold stays-baked stays-baked '.phase is ready and .no is the captured id, for 1 s' GET counter '/orders/{id}' every=1 for=1 while .phase equals ready and .no same-as id

step 'Look at an order that nobody placed' component=till
request nobody GET counter /orders/Z-1%20%7Bx under-test
check nobody-problem-text 'the HTTP status is 404 and .problem.text is nobody ordered Z-1 {x' nobody status equals 404 and .problem.text equals '"nobody ordered Z-1 {x"'

step 'Read the logs' component=counter
log no-errors-counter 'the log of counter has no error of this run' counter clean ids=id,second_id errors='PANIC|ALARM'

finish
