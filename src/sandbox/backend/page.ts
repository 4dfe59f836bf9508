/**
 * A small page for a person: start a training, watch it, cancel it. It is the sandbox's own: KTRDR's frontend was not recorded.
 * Plain HTML and script, on nothing but the backend's own API.
 */
export const operationsPage = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>Operations</title>
<link rel="icon" href="data:,">
<style>
body { font: 16px/1.5 system-ui, sans-serif; max-width: 42rem; margin: 2rem auto; padding: 0 1rem }
label { display: inline-block; margin: 0 1rem .5rem 0 }
input { width: 11rem; padding: .3rem }
button { padding: .4rem 1rem }
progress { width: 100% }
</style>
</head>
<body>
<h1>Operations</h1>
<form>
<label>Symbol <input name="symbol" value="EURUSD"></label>
<label>Timeframe <input name="timeframe" value="1d"></label>
<label>Strategy <input name="strategy" value="test_e2e_local_pull"></label>
<label>From <input name="start" value="2024-01-01"></label>
<label>To <input name="end" value="2024-12-31"></label>
<p><button>Start training</button> <button type="button" id="cancel" disabled>Cancel</button></p>
</form>
<p id="operation"></p>
<progress max="100" value="0"></progress>
<p id="state" role="status">no operation</p>
<p id="step"></p>
<script>
const at = (id) => document.getElementById(id);
const form = document.querySelector('form');
const bar = document.querySelector('progress');
let id;

async function ask(method, path, body) {
  const headers = body ? { 'content-type': 'application/json' } : {};
  const reply = await fetch(path, { method, headers, body: body && JSON.stringify(body) });
  const json = await reply.json().catch(() => undefined);
  if (reply.ok && json) return json;
  throw new Error(json?.error?.message ?? json?.detail ?? 'HTTP ' + reply.status);
}

async function start() {
  const { symbol, timeframe, strategy, start, end } = Object.fromEntries(new FormData(form));
  const begun = await ask('POST', '/api/v1/trainings/start', {
    symbols: [symbol], timeframes: [timeframe], strategy_name: strategy, start_date: start, end_date: end,
  });
  id = begun.task_id;
  at('operation').textContent = id;
  await watch();
}

async function watch() {
  const { data } = await ask('GET', '/api/v1/operations/' + encodeURIComponent(id));
  const percent = Math.floor(data.progress.percentage);
  const under = data.status === 'pending' || data.status === 'running';
  bar.value = percent;
  at('state').textContent = data.status + ', ' + percent + ' %';
  at('step').textContent = data.error_message ?? data.progress.current_step ?? '';
  at('cancel').disabled = !under;
  if (under) setTimeout(() => watch().catch(tell), 100);
}

function tell(error) {
  at('state').textContent = 'failed: ' + error.message;
}

form.addEventListener('submit', (event) => {
  event.preventDefault();
  start().catch(tell);
});
at('cancel').addEventListener('click', () => ask('DELETE', '/api/v1/operations/' + encodeURIComponent(id)).catch(tell));
</script>
</body>
</html>
`;
