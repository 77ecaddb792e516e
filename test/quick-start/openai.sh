curl -X POST https://api.longcat.chat/openai/v1/chat/completions \
-H "Authorization: Bearer YOUR_APP_KEY" \
-H "Content-Type: application/json" \
-d '{
"model": "LongCat-2.0",
"messages": [{"role": "user", "content": "Hello!"}],
"max_tokens": 1000
}'
