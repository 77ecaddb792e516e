#!/usr/bin/env bash
# Drafts a reply to the support ticket on standard input, and shows it as the model writes it.
cd "$(dirname "${BASH_SOURCE[0]}")" || exit
# shellcheck source=longcat.sh
. ./longcat.sh

instructions='Write a short and friendly reply to the support ticket.'
body=$(jq --null-input --rawfile ticket /dev/stdin --arg instructions "$instructions" '{
  model: "LongCat-2.0",
  messages: [
    { role: "system", content: $instructions },
    { role: "user", content: $ticket | rtrimstr("\n") }
  ],
  stream: true
}')

finished=
while IFS= read -r line; do
  case $line in
    'data: [DONE]') finished=yes ;;
    'data: '*) jq --join-output '.choices[0].delta.content // empty' <<<"${line#data: }" ;;
  esac
done < <(post_chat --fail --no-buffer <<<"$body")
echo

# curl is content when the connection is closed half way.
if [ -z "$finished" ]; then
  echo 'The reply broke off before its end.' >&2
  exit "$cut_off"
fi
