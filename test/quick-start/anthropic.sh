curl -X POST https://api.longcat.chat/anthropic/v1/messages \
-H "Authorization: Bearer YOUR_APP_KEY" \
-H "Content-Type: application/json" \
-H "anthropic-version: 2023-06-01" \
-d '{
"model": "LongCat-2.0",
"max_tokens": 1000,
"messages": [{"role": "user", "content": "Hello!"}]
}'
