# Sourced by the scripts: how they call LongCat, or what stands for it.
set -euo pipefail
: "${LONGCAT_BASE_URL:=https://api.longcat.chat}"
: "${LONGCAT_API_KEY:?Set LONGCAT_API_KEY to a key of LongCat.}"

# What the exit codes mean, besides those of curl.
too_long=101
cut_off=102

# Sends the body on standard input. curl retries 429 and 5xx; a body of its own is for each try.
post_chat() {
  curl --silent --show-error --retry 2 --data-binary @- \
    --header "Authorization: Bearer $LONGCAT_API_KEY" \
    --header 'Content-Type: application/json' \
    "$@" "$LONGCAT_BASE_URL/openai/v1/chat/completions"
}
