#!/usr/bin/env bash
# Summarises the support ticket on standard input. The model may look up orders.
cd "$(dirname "${BASH_SOURCE[0]}")" || exit
# shellcheck source=longcat.sh
. ./longcat.sh

instructions='Summarise the support ticket in two sentences. Look up every order it names.'
tools='[{ "type": "function", "function": {
  "name": "find_order",
  "description": "The status of an order",
  "parameters": {
    "type": "object",
    "properties": { "order_id": { "type": "string" } },
    "required": ["order_id"]
  }
} }]'
most_steps=5
answer=$(mktemp)
trap 'rm -f "$answer"' EXIT

# Prints the model's message for the messages that are given.
complete() {
  local status=0
  jq '{ model: "LongCat-2.0", messages: ., $tools }' --argjson tools "$tools" <<<"$1" |
    post_chat --fail-with-body --output "$answer" || status=$?
  if [ "$status" -ne 0 ]; then
    jq --raw-output '.error.message' "$answer" >&2
    if jq --exit-status '.error.code == "context_length_exceeded"' "$answer" >/dev/null; then
      return "$too_long"
    fi
    return "$status"
  fi
  jq '.choices[0].message' "$answer"
}

# Adds the message as it came, with its reasoning, and the order that each call asks for.
run_tools() {
  jq --argjson message "$2" --slurpfile orders orders.json '. + [$message] + [
    $message.tool_calls[] | {
      role: "tool",
      tool_call_id: .id,
      content: ($orders[0][.function.arguments | fromjson.order_id]
        // { error: "There is no such order." } | tojson)
    }
  ]' <<<"$1"
}

messages=$(jq --null-input --rawfile ticket /dev/stdin --arg instructions "$instructions" '[
  { role: "system", content: $instructions },
  { role: "user", content: $ticket | rtrimstr("\n") }
]')
for _ in $(seq "$most_steps"); do
  message=$(complete "$messages")
  if jq --exit-status '(.tool_calls // []) == []' <<<"$message" >/dev/null; then
    jq --raw-output '.content' <<<"$message"
    exit
  fi
  messages=$(run_tools "$messages" "$message")
done
echo "The model had no summary after $most_steps steps." >&2
exit 1
