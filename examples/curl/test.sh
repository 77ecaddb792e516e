#!/usr/bin/env bash
# Tests the scripts against a mock, by "longcat-mock run -- ./test.sh [PATTERN]". Prints TAP.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")" || exit
: "${LONGCAT_BASE_URL:?There is no mock: run the tests by \"longcat-mock run -- ./test.sh\".}"
ticket='Where is my order A-1042? It should have been here a week ago. I want my money back.'

# A session of the mock, named after the test, and perhaps a scenario: both are in the key.
open_session() {
  session=${FUNCNAME[1]}
  export LONGCAT_API_KEY=lcmock_$session${1:+.$1}
}

# verify CONDITIONS: whether the requests of the session were so.
verify() {
  admin verify --data "$(jq --arg session "$session" '. + { $session }' <<<"$1")"
}

admin() {
  curl --silent --show-error "$LONGCAT_BASE_URL/__admin/$1" "${@:2}"
}

judge() {
  admin "sessions/$session/verdict?finished"
}

# holds FILTER: whether it is true of the JSON on standard input, which is shown when it is not.
holds() {
  local json
  json=$(cat)
  jq --exit-status "$1" <<<"$json" >/dev/null || { printf '%s\n' "$json" >&2 && return 1; }
}

equals() {
  [ "$1" = "$2" ] || { printf 'got "%s", not "%s"\n' "$1" "$2" >&2 && return 1; }
}

test_looks_up_the_order_and_summarises_the_ticket() {
  open_session
  summary=$(./summarise.sh <<<"$ticket")
  [[ $summary == *'shipped on 3 March'* ]]
  verify '{ "order": ["summary.look-up", "summary.answer"] }' | holds '.result == "pass"'
}

test_sends_the_ticket_and_gives_the_result_of_the_tool_back() {
  open_session
  ./summarise.sh <<<"$ticket" >/dev/null
  asked=$(jq --null-input --arg text "$ticket" '{ last: { $text } }')
  verify "{ \"match\": { \"messages\": $asked } }" | holds '.count == 1'
  told='{ "last": { "role": "tool", "text": { "contains": "2026-03-03" } } }'
  verify "{ \"match\": { \"messages\": $told } }" | holds '.count == 1'
}

test_keeps_the_reasoning_of_the_turn_that_called_the_tool() {
  open_session
  ./summarise.sh <<<"$ticket" >/dev/null
  judge | holds '.findings == [] and .checked["dropped-reasoning"] == "pass"'
}

test_shows_a_reply_to_its_end() {
  open_session
  equals "$(./draft-reply.sh <<<"$ticket")" 'We are sorry that your parcel is late.'
}

test_asks_again_after_a_429_once_it_has_waited() {
  open_session rate-limit
  summary=$(./summarise.sh <<<"$ticket")
  [[ $summary == 'Hello! Thank you'* ]]
  verify '{}' | holds '.count == 2'
  judge | holds '.findings == [] and .checked["retried-too-early"] == "pass"'
}

test_does_not_take_a_reply_that_was_cut_for_a_whole_one() {
  open_session stream-cut
  reply=$(./draft-reply.sh <<<"$ticket" 2>/dev/null) || status=$?
  equals "${status:-0}" 102
  equals "$reply" 'The first part, the second part, '
}

test_says_that_a_ticket_is_too_long_and_does_not_try_again() {
  open_session context-overflow
  ./summarise.sh <<<"$ticket" 2>/dev/null || status=$?
  equals "${status:-0}" 101
  verify '{ "times": { "max": 1 } }' | holds '.result == "pass"'
}

test_summarises_a_recorded_ticket() {
  open_session
  [ -n "$(./summarise.sh <<<'Do you deliver to Iceland?')" ]
  admin "requests?session=$session" | holds '[.requests[].cassette] == ["default"]'
}

mapfile -t tests < <(compgen -A function test_ | grep -- "${1:-}")
failed=0
echo "1..${#tests[@]}"
for name in "${tests[@]}"; do
  (
    set -e
    "$name"
  )
  # shellcheck disable=SC2181 # in a condition, set -e would be without effect
  if [ $? -eq 0 ]; then
    echo "ok - $name"
  else
    echo "not ok - $name"
    failed=1
  fi
done
exit "$failed"
