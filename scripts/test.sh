#!/usr/bin/env bash
# Everything that must hold before a change is shared: format, lint, types, unused code, tests.
set -euo pipefail
cd "$(dirname -- "${BASH_SOURCE[0]}")/.."
browser=(chromium)
for name in chromium-browser google-chrome google-chrome-stable; do
  command -v "$name" >/dev/null 2>&1 && browser=()
done
bash scripts/setup.sh jq curl shellcheck tmux ${browser[@]+"${browser[@]}"}
npm run -s check
