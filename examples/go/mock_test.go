package ticketdesk_test

import (
	"bytes"
	"encoding/json"
	"net/http"
	"os"
	"testing"

	"github.com/openai/openai-go/v3"
	"github.com/openai/openai-go/v3/option"

	"example.com/ticketdesk"
)

// session is one of the mock's, apart from all others, and a desk whose key names it.
type session struct {
	*ticketdesk.Desk
	t    *testing.T
	name string
}

func openSession(t *testing.T, scenario string) session {
	t.Helper()
	if os.Getenv("LONGCAT_BASE_URL") == "" {
		t.Fatal(`There is no mock: run the tests by "longcat-mock run -- go test ./...".`)
	}
	key := "lcmock_" + t.Name()
	if scenario != "" {
		key += "." + scenario
	}
	desk := ticketdesk.New(openai.NewClient(option.WithAPIKey(key)))
	return session{Desk: desk, t: t, name: t.Name()}
}

type verification struct {
	Result, Reason string
	Count, Calls   int
}

// verify tells whether the requests of the session were as they should be, and why not.
func (s session) verify(expected map[string]any) (answer verification) {
	s.t.Helper()
	expected["session"] = s.name
	s.ask("verify", expected, &answer)
	return answer
}

type verdict struct {
	Findings []struct{ Rule, Message string }
	Checked  map[string]string
}

// judge tells what the mock found wrong with the client.
func (s session) judge() (answer verdict) {
	s.t.Helper()
	s.ask("sessions/"+s.name+"/verdict?finished", nil, &answer)
	return answer
}

type request struct{ Cassette string }

func (s session) requests() []request {
	s.t.Helper()
	var answer struct{ Requests []request }
	s.ask("requests?session="+s.name, nil, &answer)
	return answer.Requests
}

func (s session) ask(path string, body map[string]any, answer any) {
	s.t.Helper()
	method := http.MethodGet
	var content bytes.Buffer
	if body != nil {
		method = http.MethodPost
		if err := json.NewEncoder(&content).Encode(body); err != nil {
			s.t.Fatal(err)
		}
	}
	url := os.Getenv("LONGCAT_BASE_URL") + "/__admin/" + path
	request, err := http.NewRequestWithContext(s.t.Context(), method, url, &content)
	if err != nil {
		s.t.Fatal(err)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		s.t.Fatal(err)
	}
	defer response.Body.Close()
	if err := json.NewDecoder(response.Body).Decode(answer); err != nil {
		s.t.Fatal(err)
	}
}
