#!/bin/bash -p
# GPU of the training host (host/gpu-of-the-training-host). Made from scenario.yaml: edit that, then `scenario check --write`. new-scenario:4da75b9b92b7e1de
# The runtime is checked by itself; texts here are literal, so nothing is meant to expand. shellcheck knows neither.
# shellcheck disable=SC1091,SC2016
# shellcheck source=../../runtime.sh
. "$(dirname -- "$0")/../../runtime.sh" 1 "$@" || exit 2

scenario 'GPU of the training host' id=host/gpu-of-the-training-host plan=15 observe=13 root=../../..
service training-host KTRDR_TRAINING_HOST_URL default=http://localhost:5002 log=file:training-host-service/logs/ktrdr-host-service.log
ready training-host /health .healthy equals true and .service equals training-host retries=2 wait=1 cure='start it in the KTRDR tree (training-host-service/start.sh), or set KTRDR_TRAINING_HOST_URL to where it runs'
beacon training-host '/api/v1/operations/{nonce}' 'Operation not found: {nonce}'
log-readable training-host cure='run the script where the training host writes its log, or set SCENARIO_LOG_TRAINING_HOST=file:<path of ktrdr-host-service.log>'
setup training-host 'version era (last release before the distributed workers (6a9512ed, 2025-11-06))' .service equals training-host cure='run it against a system of version era, or take requires.version out of the scenario'
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

step 'Start a training on the host' component=training-host start=id
request start POST training-host /training/start json <<'JSON'
{
  "strategy_yaml": "name: test_e2e_local_pull\nversion: \"3.0\"\nscope: symbol_specific\ntraining_data:\n  symbols: { mode: single, symbol: EURUSD }\n  timeframes: { mode: single, timeframe: 1d }\n  history_required: 100\ndeployment:\n  target_symbols: { mode: training_only }\n  target_timeframes: { mode: single, timeframe: 1d }\nindicators:\n  rsi_14: { type: rsi, period: 14, source: close }\nfuzzy_sets:\n  rsi_14:\n    indicator: rsi_14\n    oversold: { type: triangular, parameters: [0, 20, 35] }\n    neutral: { type: triangular, parameters: [30, 50, 70] }\n    overbought: { type: triangular, parameters: [65, 80, 100] }\nnn_inputs: [{ fuzzy_set: rsi_14, timeframes: all }]\nmodel:\n  type: mlp\n  architecture: { hidden_layers: [25, 15], activation: relu, output_activation: softmax, dropout: 0.1 }\n  features: { include_price_context: false, lookback_periods: 2, scale_features: true }\n  training: { learning_rate: 0.001, batch_size: 32, epochs: 10, optimizer: adam }\ndecisions: { output_format: classification, confidence_threshold: 0.6 }\ntraining:\n  method: supervised\n  labels: { source: zigzag, zigzag_threshold: 0.03, label_lookahead: 20 }\n  data_split: { train: 0.7, validation: 0.15, test: 0.15 }\n",
  "symbols": [
    "EURUSD"
  ],
  "timeframes": [
    "1d"
  ],
  "start_date": "2024-01-01",
  "end_date": "2024-12-31"
}
JSON
check accepted 'the host session is accepted: the HTTP status is 200 and .status is started and .message matches started successfully' start status equals 200 and .status equals started and .message matches 'started successfully'
capture id has-id 'the reply names the host session' start .session_id matches '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
cleanup 'cancel the host session' DELETE training-host '/api/v1/operations/host_training_{id}/cancel'

step 'Wait until the host session is completed' component=training-host
poll final completes 'the host session completes within 30 s' GET training-host '/api/v1/operations/host_training_{id}' every=1 within=30 progress=.data.progress.percentage until .data.status equals completed ends .data.status in '["completed","failed","cancelled"]'
check epochs-trained 'at least one epoch was trained' final .data.result_summary.training_metrics.epochs_trained gte 1
check samples-used 'the samples used are those of the calibrated range: 258 within 5 %' final .data.result_summary.data_summary.total_samples gte 246 lte 270
check train-accuracy 'training accuracy is below 100 %' final .data.result_summary.training_metrics.final_train_accuracy lt 1 means='a collapsed model: it predicts one class, or the labels leaked into the features'
check validation-accuracy 'validation accuracy is below 100 %' final .data.result_summary.training_metrics.final_val_accuracy lt 1 means='a collapsed model: it predicts one class, or the validation data hold one class only'

step 'Ask the host for its GPU' component=training-host
request about GET training-host /
check about-host 'it is the training host' about status equals 200 and .service equals 'Training Host Service'
check gpu-told 'the host says whether it has a GPU' about .gpu_available in '[true,false]'
check gpu-counted 'it counts them' about .gpu_device_count gte 0

step 'Get the result of the session' component=training-host
request result GET training-host '/training/result/{id}'
check result-accepted 'result of a session: the HTTP status is 200 and .status is completed' result status equals 200 and .status equals completed
check trained-here 'it was trained on the host' result .resource_usage.training_mode equals host
check device-named 'the device is named' result .resource_usage.gpu_name exists true
any gpu-agrees 'a GPU is allocated and used when the host has one, and else not' either of start .gpu_allocated equals true also of about .gpu_available equals true also of result .resource_usage.gpu_used equals true either of start .gpu_allocated equals false also of about .gpu_available equals false also of result .resource_usage.gpu_used equals false

step 'Read the logs' component=training-host
log no-errors-training-host 'the log of training-host has no error of this run' training-host clean ids=id errors='(\| |\[)[^ ]*(ERROR|CRITICAL)|Traceback \(most recent call last\)'

finish
