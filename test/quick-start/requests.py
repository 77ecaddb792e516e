import requests
url = "https://api.longcat.chat/openai/v1/chat/completions"
headers = {
"Authorization": "Bearer YOUR_APP_KEY",
"Content-Type": "application/json"
}
data = {
"model": "LongCat-2.0",
"messages": [
{"role": "user", "content": "Hello, please introduce yourself."}
],
"max_tokens": 1000,
"temperature": 0.7
}
response = requests.post(url, headers=headers, json=data)
print(response.json())
