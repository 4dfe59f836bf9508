#!/bin/bash -p
# Operations listed and filtered (operations/operations-listed-and-filtered). Made from scenario.yaml: edit that, then `scenario check --write`. new-scenario:6b68d99aeb465030
# The runtime is checked by itself; texts here are literal, so nothing is meant to expand. shellcheck knows neither.
# shellcheck disable=SC1091,SC2016
# shellcheck source=../../runtime.sh
. "$(dirname -- "$0")/../../runtime.sh" 1 "$@" || exit 2

scenario 'Operations listed and filtered' id=operations/operations-listed-and-filtered plan=39 root=../../..
service backend KTRDR_API_URL default=http://localhost:8000 log=compose:backend
ready backend /api/v1/health .status equals ok retries=2 wait=1 cure='start it with `docker compose up -d` in the KTRDR tree, or set KTRDR_API_URL to where it runs'
beacon backend '/api/v1/operations/{nonce}' 'Operation not found: {nonce}'
log-readable backend cure='run the script where `docker compose logs backend` works, or set SCENARIO_LOG_BACKEND=file:<path of ktrdr.log>'
setup backend 'version era (last release before the distributed workers (6a9512ed, 2025-11-06))' .orphan_detector exists false cure='run it against a system of version era, or take requires.version out of the scenario'
classify misconfigured 'Strategy file not found: ' cure='put the strategy file into the strategies folder of KTRDR, or name one that the reply lists'
classify misconfigured 'Strategy config not found: ' cure='put the strategy file into the strategies folder of KTRDR'
classify misconfigured 'No data found in cache for ' cure='download the data first (data.download), or choose a symbol and timeframe that data.info lists'
classify misconfigured 'No data loaded for ' cure='choose a date range that the cache holds (data.range tells it), the earlier date first'
classify misconfigured 'requires at least [0-9]+ data points' cure='choose a longer date range, or a strategy whose indicators need fewer bars'
classify blocked 'Host service connection failed: HTTP error for POST /data/validate' cure='start the IB host (ib-host-service/start.sh) next to IB Gateway'
classify blocked 'Host service timeout: Request timed out' cure='start IB Gateway or TWS and log in to the paper trading account'
classify blocked '\[Training\] Host service connection failed: ' cure='start the training host (training-host-service/start.sh), or wait until its session has ended'
classify blocked '"error_message"\s*:\s*"All connection attempts failed"' cure='start the backtest worker with `docker compose up -d`'
classify blocked 'Maximum concurrent sessions \(1\) reached' cure='wait until the session of the training host has ended, or stop it (DELETE /api/v1/operations/host_training_<id>/cancel)'
unknown-route 404 '^\s*\{\s*"detail"\s*:\s*"Not Found"\s*\}\s*$'
unknown-route 405 '^\s*\{\s*"detail"\s*:\s*"Method Not Allowed"\s*\}\s*$'
trouble 'the operation completes at once and no progress is seen' cause='the data are too small' cure='choose a longer date range or a finer timeframe, such as 5m over two years' verdict=inconclusive
trouble 'a service cannot be reached' cause='it is not running, or runs elsewhere' cure='see what runs with `docker ps`' cure='start the services with `docker compose up -d`' cure='set the variables KTRDR_API_URL, KTRDR_TRAINING_HOST_URL, KTRDR_IB_HOST_URL and KTRDR_BACKTEST_URL where the ports differ' verdict=blocked matches='does not answer|is not ready'
trouble 'a service cannot be reached' cause='it is not running, or runs elsewhere' cure='see what runs with `docker ps`' cure='start the services with `docker compose up -d`' cure='set the variables KTRDR_API_URL, KTRDR_TRAINING_HOST_URL, KTRDR_IB_HOST_URL and KTRDR_BACKTEST_URL where the ports differ' matches='no reply: connection refused|All connection attempts failed'
preflight

step 'Start training' component=training-service start=id
request start POST backend /api/v1/trainings/start json <<'JSON'
{"symbols": ["EURUSD"], "timeframes": ["1d"], "strategy_name": "test_e2e_local_pull", "start_date": "2024-01-01", "end_date": "2024-12-31"}
JSON
check accepted 'the training is accepted: the HTTP status is 200 and .success is true and .status is training_started' start status equals 200 and .success equals true and .status equals training_started
capture id has-id 'the reply names the training' start .task_id matches '^op_training_[0-9]{8}_[0-9]{6}_[0-9a-f]{8}$'
cleanup 'cancel the training' DELETE backend '/api/v1/operations/{id}'

step 'Wait until the training is completed' component=training-worker
require 'where trainings run: inside the backend' final .data.metadata.parameters.training_mode equals local cure='start the backend with USE_TRAINING_HOST_SERVICE=false'
poll final completes 'the training completes within 30 s' GET backend '/api/v1/operations/{id}' every=1 within=30 progress=.data.progress.percentage until .data.status equals completed ends .data.status in '["completed","failed","cancelled"]'
check epochs-trained 'at least one epoch was trained' final .data.result_summary.training_metrics.epochs_trained gte 1
check samples-used 'the samples used are those of the calibrated range: 258 within 5 %' final .data.result_summary.data_summary.total_samples gte 246 lte 270
check train-accuracy 'training accuracy is below 100 %' final .data.result_summary.training_metrics.final_train_accuracy lt 1 means='a collapsed model: it predicts one class, or the labels leaked into the features'
check validation-accuracy 'validation accuracy is below 100 %' final .data.result_summary.training_metrics.final_val_accuracy lt 1 means='a collapsed model: it predicts one class, or the validation data hold one class only'

step 'List all operations' component=operations-service
request all GET backend '/api/v1/operations?limit=1000'
capture total all-total 'the reply tells .total_count' all .total_count
check list-has-rows 'the list has rows' all status equals 200 and .data size gte 1
check ours-listed 'the training is listed by its id' all .data some .operation_id same-as id
check active-counted 'the active ones are counted' all .active_count gte 0

step 'List the completed ones' component=operations-service
request done GET backend '/api/v1/operations?status=completed&limit=1000'
check done-accepted 'list operations: the HTTP status is 200 and .success is true and .total_count is at least 0' done status equals 200 and .success equals true and .total_count gte 0
check only-completed 'only completed operations are listed' done .data every .status equals completed
check ours-completed 'the training is among them' done .data some .operation_id same-as id

step 'Start a training that stays running' component=training-service
request long POST backend /api/v1/trainings/start json <<'JSON'
{"symbols": ["EURUSD"], "timeframes": ["5m"], "strategy_name": "neuro_mean_reversion", "start_date": "2023-01-01", "end_date": "2025-01-01"}
JSON
check long-accepted 'start training: the HTTP status is 200 and .success is true and .status is training_started' long status equals 200 and .success equals true and .status equals training_started
capture long_id long-id 'the reply names the training' long .task_id matches '^op_training_[0-9]{8}_[0-9]{6}_[0-9a-f]{8}$'
cleanup 'cancel the training' DELETE backend '/api/v1/operations/{long_id}'

step 'List the running ones' component=operations-service
request running GET backend '/api/v1/operations?status=running&limit=1000'
check running-accepted 'list operations: the HTTP status is 200 and .success is true and .total_count is at least 0' running status equals 200 and .success equals true and .total_count gte 0
check only-running 'only running operations are listed' running .data every .status equals running
check running-listed 'the running training is among them' running .data some .operation_id same-as long_id

step 'List the active ones' component=operations-service
request active GET backend '/api/v1/operations?active_only=true&limit=1000'
check active-accepted 'list operations: the HTTP status is 200 and .success is true and .total_count is at least 0' active status equals 200 and .success equals true and .total_count gte 0
check only-active 'only pending and running operations are listed' active .data every .status in '["pending","running"]'
check active-one 'at least one is active' active .active_count gte 1

step 'List the trainings' component=operations-service
request trainings GET backend '/api/v1/operations?operation_type=training&limit=1000'
check trainings-accepted 'list operations: the HTTP status is 200 and .success is true and .total_count is at least 0' trainings status equals 200 and .success equals true and .total_count gte 0
check only-trainings 'only trainings are listed' trainings .data every .operation_type equals training

step 'List one only' component=operations-service
request first-page GET backend '/api/v1/operations?limit=1'
check first-page-accepted 'list operations: the HTTP status is 200 and .success is true and .total_count is at least 0' first-page status equals 200 and .success equals true and .total_count gte 0
check at-most-one 'the limit is kept' first-page .data size gte 1 lte 1
check total-whole 'the total counts all of them and not the page' first-page .total_count gt '{total}'

step 'List the next one' component=operations-service
request second-page GET backend '/api/v1/operations?limit=1&offset=1'
check second-page-accepted 'list operations: the HTTP status is 200 and .success is true and .total_count is at least 0' second-page status equals 200 and .success equals true and .total_count gte 0
check next-one 'the next page has one row' second-page .data size gte 1 lte 1
check another-one 'it is another one than the newest' second-page '.data[0].operation_id' differs-from long_id

step 'Ask for a status that does not exist' component=operations-service
request no-such-status GET backend '/api/v1/operations?status=finished' under-test
check filter-refused 'the wrong filter is refused by name' no-such-status status equals 422 and '.error.details[0].field' equals '"query -> status"'

step 'Get one operation by its id' component=operations-service
request looked GET backend '/api/v1/operations/{long_id}'
check looked-accepted 'get one operation: the HTTP status is 200 and .success is true' looked status equals 200 and .success equals true
check by-its-id 'it is the one that was asked for' looked .data.operation_id same-as long_id
check still-running 'it is running' looked .data.status equals running

step 'Cancel the running one' component=operations-service
request stop DELETE backend '/api/v1/operations/{long_id}'
check stop-accepted 'cancel an operation: the HTTP status is 200 and .success is true and .data.status is cancelled' stop status equals 200 and .success equals true and .data.status equals cancelled
check stop-named 'the cancel names it' stop .data.operation_id same-as long_id

step 'Cancel it once more' component=operations-service
request stop-again DELETE backend '/api/v1/operations/{long_id}' under-test
check stop-refused 'a finished operation is not cancelled again' stop-again status equals 400 and .detail matches 'cannot be cancelled'

step 'Cancel one that never was' component=backend
request stop-unknown DELETE backend /api/v1/operations/nonexistent_operation_id_12345 under-test
check unknown-refused 'an unknown id is told as such' stop-unknown status equals 404 and .detail matches 'Operation not found'

step 'Read the logs' component=backend
log no-errors-backend 'the log of backend has no error of this run' backend clean ids=id,long_id errors='(\| |\[)[^ ]*(ERROR|CRITICAL)|Traceback \(most recent call last\)|no running event loop' noise='Managed operation [^ ]+ failed: Training operation cancelled' noise='Failed operation: [^ ]+ - Training operation cancelled'

finish
