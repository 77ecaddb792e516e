#!/usr/bin/env bash
# Stops the mock that action.yml has started, shows what it reports, and ends as it does.
set -euo pipefail

folder=$RUNNER_TEMP/longcat-mock

if [ -s "$folder/ready.json" ]; then
  kill -TERM "$(node -p 'JSON.parse(require("node:fs").readFileSync(process.argv[1], "utf8")).pid' \
    "$folder/ready.json")" || true
fi
# It lets running answers finish, for two seconds.
for _ in $(seq 100); do
  if [ -s "$folder/code" ]; then break; fi
  sleep 0.1
done
if [ ! -s "$folder/code" ]; then
  printf '::error title=longcat-mock::There is no mock to stop: start one with the action first.\n'
  exit 1
fi
grep '^::' "$folder/log" || true
if [ -s "$folder/summary.md" ]; then cat "$folder/summary.md" >>"$GITHUB_STEP_SUMMARY"; fi
exit "$(cat "$folder/code")"
