#!/usr/bin/env bash
# Installs longcat-mock, starts it in the background, and waits until it is ready.
set -euo pipefail

folder=$RUNNER_TEMP/longcat-mock
command=$folder/node_modules/.bin/longcat-mock
ready=$folder/ready.json

install() {
  local package=longcat-mock@$INPUT_VERSION
  if [[ $INPUT_VERSION == *.tgz ]]; then package=$INPUT_VERSION; fi
  mkdir -p "$folder"
  npm install --prefix "$folder" --no-audit --no-fund --loglevel=error "$package"
}

# The summary is the file of one step: what the mock writes at its end, action/stop hands on.
start() {
  local flags=(--port "$INPUT_PORT" --host "$INPUT_HOST" --ready-file "$ready" --report github)
  local path word
  while IFS= read -r path; do
    if [ -n "$path" ]; then flags+=(--fixtures "$path"); fi
  done <<<"$INPUT_FIXTURES"
  if [ -n "$INPUT_SCENARIO" ]; then flags+=(--scenario "$INPUT_SCENARIO"); fi
  # xargs reads quotes as a shell does; macOS has a bash without mapfile.
  while IFS= read -r word; do
    if [ -n "$word" ]; then flags+=("$word"); fi
  done < <(xargs -n 1 printf '%s\n' <<<"$INPUT_ARGS")
  rm -f "$folder/code" "$ready"
  (
    status=0
    GITHUB_STEP_SUMMARY=$folder/summary.md "$command" "${flags[@]}" || status=$?
    printf '%s\n' "$status" >"$folder/code"
  ) </dev/null >"$folder/log" 2>&1 &
}

is_ready() {
  [ -s "$ready" ] && curl --noproxy '*' -fsS -o /dev/null "$(read_ready url)/ready"
}

read_ready() {
  node -p 'JSON.parse(require("node:fs").readFileSync(process.argv[1], "utf8"))[process.argv[2]]' \
    "$ready" "$1"
}

give_up() {
  printf '::error title=longcat-mock::%s\n' "$1"
  tail -n 50 "$folder/log"
  if [ -s "$ready" ]; then kill "$(read_ready pid)" || true; fi
  exit 1
}

install
start
deadline=$((SECONDS + INPUT_WAIT_TIMEOUT))
until is_ready; do
  if [ -s "$folder/code" ]; then give_up "The mock ended with $(cat "$folder/code")."; fi
  if [ "$SECONDS" -ge "$deadline" ]; then
    give_up "The mock was not ready within $INPUT_WAIT_TIMEOUT s."
  fi
  sleep 0.1
done
{
  printf 'url=%s\n' "$(read_ready url)"
  printf 'openai-url=%s\n' "$(read_ready openai)"
  printf 'anthropic-url=%s\n' "$(read_ready anthropic)"
  printf 'pid=%s\n' "$(read_ready pid)"
} >>"$GITHUB_OUTPUT"
head -n 1 "$folder/log"
