#!/bin/bash -p
# Menu Smoke (menu/menu-smoke). Made from scenario.yaml: edit that, then `scenario check --write`. new-scenario:5d3a31b4e9b2ae90
# The runtime is checked by itself; texts here are literal, so nothing is meant to expand. shellcheck knows neither.
# shellcheck disable=SC1091,SC2016
# shellcheck source=../../runtime.sh
. "$(dirname -- "$0")/../../runtime.sh" 1 "$@" || exit 2

scenario 'Menu Smoke' id=menu/menu-smoke plan=6 root=../../..
service counter BAKERY_URL default=http://localhost:7070 log=file:bakery.log
ready counter /ping .warm equals true retries=1 wait=0.5 cure='light the oven'
beacon counter '/orders/{nonce}' 'nobody ordered {nonce}'
log-readable counter lock cure='set SCENARIO_LOG_COUNTER=file:<path of the bakery'\''s log>'
classify misconfigured 'no flour for ' cure='order flour'
unknown-route 404 '^there is no such door$'
trouble 'nothing comes out' cause='the oven is cold' cure='light it' verdict=blocked matches='does not answer'
preflight

step 'Read the menu' component=till
request answer GET counter /menu
check answers 'it answers with status 200' answer status equals 200
check answer-body '.day matches ^[A-Z][a-z]+day$ in the reply' answer .day matches '^[A-Z][a-z]+day$'
check answer-body-2 '.breads[0].name is there in the reply' answer '.breads[0].name' exists true
check answer-body-3 '.breads contains {"name":"rye","grams":500} in the reply' answer .breads contains '{"name":"rye","grams":500}'
check in-time 'it answers within 2 s' answer seconds lte 2

step 'Read the logs' component=counter
log no-errors-counter 'the log of counter has no error in the window of this run' counter clean ids='' errors='PANIC|ALARM'

finish
