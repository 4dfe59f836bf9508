#!/bin/bash -p
# Ordered By Command (orders/ordered-by-command). Made from scenario.yaml: edit that, then `scenario check --write`. new-scenario:8304c7630c741318
# The runtime is checked by itself; texts here are literal, so nothing is meant to expand. shellcheck knows neither.
# shellcheck disable=SC1091,SC2016
# shellcheck source=../../runtime.sh
. "$(dirname -- "$0")/../../runtime.sh" 1 "$@" || exit 2

scenario 'Ordered By Command' id=orders/ordered-by-command plan=7 observe=4 root=../../..
tool bakery cure='put test/fixtures/bakery-cli on PATH'
service counter BAKERY_URL default=http://localhost:7070 log=file:bakery.log own=COUNTER own-path=/
ready counter /ping .warm equals true retries=1 wait=0.5 cure='light the oven'
beacon counter '/orders/{nonce}' 'nobody ordered {nonce}'
log-readable counter cure='set SCENARIO_LOG_COUNTER=file:<path of the bakery'\''s log>'
classify misconfigured 'no flour for ' cure='order flour'
unknown-route 404 '^there is no such door$'
trouble 'nothing comes out' cause='the oven is cold' cure='light it' verdict=blocked matches='does not answer'
preflight

step 'Run bakery order' component=till start=id
request before GET counter /orders
launch command -- bakery order rye 3
find id has-id 'the baking that the command started is found' GET counter /orders before=before items=.orders item=.no command=command within=20 where .bread equals rye
cleanup 'cancel the baking' POST counter '/orders/{id}/recall'

step 'Wait until the baking is completed' component=oven
poll final completes 'the baking completes within 30 s' GET counter '/orders/{id}' every=0.2 within=30 progress=.done until .phase equals ready ends .phase in '["ready","burnt","recalled"]'
check all-loaves 'all loaves are in the basket: 3 within 1 %' final .basket.loaves gte 3 lte 3
check crust 'the loaves have a crust, and it is not coal' final .basket.crust gt 0 lt 1 means='dough was sold, or coal'

step 'See how the command ends' component=counter start=id
collect command within=15
check outcome-exit 'the exit code is 0 and stdout matches ready' command exit equals 0 and stdout matches ready
find id only-one 'nobody else started the like of it meanwhile' GET counter /orders before=before items=.orders item=.no command=command within=20 sole where .bread equals rye means='the baking that was followed may be another one'\''s'

step 'Read the logs' component=counter
log no-errors-counter 'the log of counter has no error of this run' counter clean ids=id errors='PANIC|ALARM'

finish
