#!/usr/bin/env bash
# Everything that must hold before a change is shared: format, lint, types, unused code, tests, and that scenarios can fail.
set -euo pipefail
cd "$(dirname -- "${BASH_SOURCE[0]}")/.."
browser=(chromium)
for name in chromium-browser google-chrome google-chrome-stable; do
  command -v "$name" >/dev/null 2>&1 && browser=()
done
bash scripts/setup.sh jq curl shellcheck tmux ${browser[@]+"${browser[@]}"}
npm run -s check
# Could the scenarios fail? Those that changed with the last commit and have no proof of it yet, and one of the library, always the same.
changed=()
if git rev-parse --quiet --verify HEAD~1 >/dev/null 2>&1; then changed=(--changed HEAD~1); fi
node --import tsx -- src/cli.ts prove ${changed[@]+"${changed[@]}"} --sample 1
