from anthropic import Anthropic
client = Anthropic(
api_key="Authorization: Bearer YOUR_APP_KEY",
base_url="https://api.longcat.chat/anthropic/",
default_headers={
"Content-Type": "application/json",
"Authorization": "Bearer YOUR_APP_KEY",
}
)
response = client.messages.create(
model="LongCat-2.0",
max_tokens=1000,
messages=[
{"role": "user", "content": "Hello!"}
]
)
print(response.content[0].text)
