from openai import OpenAI
client = OpenAI(
api_key="YOUR_APP_KEY",
base_url="https://api.longcat.chat/openai"
)
response = client.chat.completions.create(
model="LongCat-2.0",
messages=[
{"role": "user", "content": "Hello!"}
],
max_tokens=1000
)
print(response.choices[0].message.content)
