#!/usr/bin/env bash
# Everything that must hold before a change is shared: format, lint, types, unused code, tests.
set -euo pipefail
cd "$(dirname -- "${BASH_SOURCE[0]}")/.."
bash scripts/setup.sh jq curl shellcheck tmux
npm run -s check
