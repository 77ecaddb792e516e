package clients

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"os"
	"strings"
	"testing"

	longcat "example.com/longcat-clients/made/client"
)

type oneCase struct {
	Name   string
	Format string
	Ends   string
	Has    []string
	Body   json.RawMessage
}

type errorCase struct {
	Name   string
	Type   string
	Status int
}

func readFile[T any](t *testing.T, path string) T {
	t.Helper()
	text, err := os.ReadFile("../" + path)
	must(t, err)
	var value T
	must(t, json.Unmarshal(text, &value))
	return value
}

func connect(t *testing.T, scenario string) *longcat.ClientWithResponses {
	t.Helper()
	client, err := longcat.NewClientWithResponses(os.Getenv("MOCK_URL"), longcat.WithRequestEditorFn(
		func(_ context.Context, request *http.Request) error {
			request.Header.Set("Authorization", "Bearer any")
			if scenario != "" {
				request.Header.Set("x-longcat-mock-scenario", scenario)
			}
			return nil
		}))
	must(t, err)
	return client
}

// Streams with the client's untyped call, and hands over each payload but [DONE].
func stream(t *testing.T, one oneCase, scenario string) []json.RawMessage {
	t.Helper()
	body := bytes.Replace(one.Body, []byte("{"), []byte(`{"stream":true,`), 1)
	client := connect(t, scenario)
	var answer *http.Response
	var err error
	if one.Format == "chat" {
		answer, err = client.CreateChatCompletionWithBody(t.Context(), "application/json", bytes.NewReader(body))
	} else {
		answer, err = client.CreateMessageWithBody(t.Context(), "application/json", bytes.NewReader(body))
	}
	must(t, err)
	defer answer.Body.Close()

	var payloads []json.RawMessage
	lines := bufio.NewScanner(answer.Body)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		data, found := strings.CutPrefix(lines.Text(), "data: ")
		if found && data != "[DONE]" {
			payloads = append(payloads, json.RawMessage(data))
		}
	}
	must(t, lines.Err())
	return payloads
}

// Refuses members that the generated type does not have.
func decode[T any](t *testing.T, payload []byte) T {
	t.Helper()
	decoder := json.NewDecoder(bytes.NewReader(payload))
	decoder.DisallowUnknownFields()
	var value T
	must(t, decoder.Decode(&value))
	return value
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
