#!/bin/bash -p
# Rye Recipe (menu/rye-recipe). Made from scenario.yaml: edit that, then `scenario check --write`. new-scenario:4371060f9ab8f897
# The runtime is checked by itself; texts here are literal, so nothing is meant to expand. shellcheck knows neither.
# shellcheck disable=SC1091,SC2016
# shellcheck source=../../runtime.sh
. "$(dirname -- "$0")/../../runtime.sh" 1 "$@" || exit 2

scenario 'Rye Recipe' id=menu/rye-recipe plan=3 root=../../..
tool bakery cure='put test/fixtures/bakery-cli on PATH'
service counter BAKERY_URL default=http://localhost:7070 log=file:bakery.log own=COUNTER own-path=/
ready counter /ping .warm equals true retries=1 wait=0.5 cure='light the oven'
beacon counter '/orders/{nonce}' 'nobody ordered {nonce}'
log-readable counter lock cure='set SCENARIO_LOG_COUNTER=file:<path of the bakery'\''s log>'
classify misconfigured 'no flour for ' cure='order flour'
unknown-route 404 '^there is no such door$'
trouble 'nothing comes out' cause='the oven is cold' cure='light it' verdict=blocked matches='does not answer'
preflight

step 'Run bakery' component=counter
cli command within=60 -- bakery recipe rye
check exits-well 'the command exits with 0' command exit equals 0
check outcome-exit 'the exit code is 0 and stdout matches rye: 500 g flour' command exit equals 0 and stdout matches 'rye: 500 g flour'

step 'Read the logs' component=counter
log no-errors-counter 'the log of counter has no error in the window of this run' counter clean ids='' errors='PANIC|ALARM'

finish
