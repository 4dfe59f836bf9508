#!/bin/bash -p
# Training From The Page (training/training-from-the-page). Made from scenario.yaml: edit that, then `scenario check --write`. new-scenario:f4591004f377d57a
# The runtime is checked by itself; texts here are literal, so nothing is meant to expand. shellcheck knows neither.
# shellcheck disable=SC1091,SC2016
# shellcheck source=../../runtime.sh
. "$(dirname -- "$0")/../../runtime.sh" 1 "$@" || exit 2

scenario 'Training From The Page' id=training/training-from-the-page plan=13 observe=6 root=../../..
browser ui.mjs
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
trouble 'accuracy is exactly 100 %' cause='the model collapsed to one class, or the data hold one class only' cure='look at the loss and at the distribution of labels, and use a range that holds all classes' point=train-accuracy point=validation-accuracy
preflight

step 'Operations page, in a browser' component=training-service start=id
ui page backend within=120
check page-opens 'the page /ui/operations opens' page .page.status equals 200 at=backend
check accepted 'the page asks for one training, and it is accepted: the HTTP status is 200 and .success is true and .status is training_started' page .asked.start.times equals 1 and .asked.start.status equals 200 and .asked.start.body.success equals true and .asked.start.body.status equals training_started
capture id has-id 'the reply names the training' page .asked.start.body.task_id matches '^op_training_[0-9]{8}_[0-9]{6}_[0-9a-f]{8}$'
cleanup 'cancel the training' DELETE backend '/api/v1/operations/{id}'
check outcome-request-status 'the page requests GET /api/v1/operations/{id}: the HTTP status is 200' page .asked.request.status equals 200
check page-used 'what is done on the page has its effect there: fill "Symbol" with "EURUSD", fill "Timeframe" with "1d", fill "From" with "2024-01-01", fill "To" with "2024-12-31", click "Start training", wait for "completed, 100 %"' page .problem exists false at=backend
check page-unbroken 'no script of the page breaks off' page '.exceptions[0]' exists false at=backend
check outcome-text 'the page does not show "failed:"' page .text lacks failed:

step 'Wait until the training is completed' component=training-worker
require 'where trainings run: inside the backend' final .data.metadata.parameters.training_mode equals local cure='start the backend with USE_TRAINING_HOST_SERVICE=false'
poll final completes 'the training completes within 30 s' GET backend '/api/v1/operations/{id}' every=1 within=30 progress=.data.progress.percentage until .data.status equals completed ends .data.status in '["completed","failed","cancelled"]'
check epochs-trained 'at least one epoch was trained' final .data.result_summary.training_metrics.epochs_trained gte 1
check samples-used 'the samples used are those of the calibrated range: 258 within 5 %' final .data.result_summary.data_summary.total_samples gte 246 lte 270
check train-accuracy 'training accuracy is below 100 %' final .data.result_summary.training_metrics.final_train_accuracy lt 1 means='a collapsed model: it predicts one class, or the labels leaked into the features'
check validation-accuracy 'validation accuracy is below 100 %' final .data.result_summary.training_metrics.final_val_accuracy lt 1 means='a collapsed model: it predicts one class, or the validation data hold one class only'

step 'Read the logs' component=backend
log no-errors-backend 'the log of backend has no error of this run' backend clean ids=id errors='(\| |\[)[^ ]*(ERROR|CRITICAL)|Traceback \(most recent call last\)|no running event loop' noise='Managed operation [^ ]+ failed: Training operation cancelled' noise='Failed operation: [^ ]+ - Training operation cancelled'

finish
