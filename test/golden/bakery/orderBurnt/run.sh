#!/bin/bash -p
# Command Burnt (orders/command-burnt). Made from scenario.yaml: edit that, then `scenario check --write`. new-scenario:1a1be1889c21fd02
# The runtime is checked by itself; texts here are literal, so nothing is meant to expand. shellcheck knows neither.
# shellcheck disable=SC1091,SC2016
# shellcheck source=../../runtime.sh
. "$(dirname -- "$0")/../../runtime.sh" 1 "$@" || exit 2

scenario 'Command Burnt' id=orders/command-burnt plan=9 root=../../..
tool bakery cure='put test/fixtures/bakery-cli on PATH'
service counter BAKERY_URL default=http://localhost:7070 log=file:bakery.log own=COUNTER own-path=/
ready counter /ping .warm equals true retries=1 wait=0.5 cure='light the oven'
beacon counter '/orders/{nonce}' 'nobody ordered {nonce}'
log-readable counter cure='set SCENARIO_LOG_COUNTER=file:<path of the bakery'\''s log>'
classify misconfigured 'no flour for ' cure='order flour'
unknown-route 404 '^there is no such door$'
trouble 'nothing comes out' cause='the oven is cold' cure='light it' verdict=blocked matches='does not answer'
preflight

step 'Run bakery order charcoal' component=till start=id
request before GET counter /orders
launch command -- bakery order charcoal 3
find id has-id 'the baking that the command started is found' GET counter /orders before=before items=.orders item=.no command=command within=20 where .bread equals charcoal
cleanup 'cancel the baking' POST counter '/orders/{id}/recall'

step 'Wait until the baking has failed' component=oven
poll final fails 'the baking fails within 30 s' GET counter '/orders/{id}' every=0.2 within=30 progress=.done under-test until .phase equals burnt ends .phase in '["ready","burnt","recalled"]'
check cellar 'no word of the cellar' final body lacks '/cellar/|secret recipe'
check outcome-note '.note matches always burns' final .note matches 'always burns'

step 'See how the command ends' component=counter start=id
collect command within=15
check exits-well 'the command exits with 3' command exit equals 3
find id only-one 'nobody else started the like of it meanwhile' GET counter /orders before=before items=.orders item=.no command=command within=20 sole where .bread equals charcoal means='the baking that was followed may be another one'\''s'

step 'See that the system is healthy afterwards' component=counter
request health GET counter /ping
check healthy-afterwards 'the health check answers 200 afterwards' health status equals 200
check healthy-body '.warm is true in the health check afterwards' health .warm equals true

step 'Read the logs' component=counter
log no-errors-counter 'the log of counter has no error of this run' counter clean ids=id errors='PANIC|ALARM' noise='PANIC: A-[0-9]+ burnt'

finish
