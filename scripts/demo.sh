#!/usr/bin/env bash
# The main job from answers to verdict, in a folder of its own: makes the scenario "Training Cancellation", starts the
# embedded services, runs the script against them, and says where everything is.
set -euo pipefail
cd "$(dirname -- "${BASH_SOURCE[0]}")/.."
bash scripts/setup.sh jq curl

mkdir -p demo
echo "answers: examples/answers.yaml"
npm run -s scenario -- new --from examples/answers.yaml --cwd demo --force
echo
code=0
npm run -s scenario -- run training/training-cancellation --sandbox --cwd demo || code=$?
echo
echo "document: demo/generated/training/training-cancellation/scenario.md"
echo "script:   demo/generated/training/training-cancellation/run.sh"
echo "index:    demo/docs/testing/SCENARIOS.md"
exit "$code"
