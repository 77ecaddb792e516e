package ticketdesk_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"example.com/ticketdesk"
)

const ticket = "Where is my order A-1042? It should have been here a week ago. I want my money back."

func TestLooksUpTheOrderAndSummarisesTheTicket(t *testing.T) {
	desk := openSession(t, "")
	summary := summarise(t, desk, ticket)
	if !strings.Contains(summary, "shipped on 3 March") {
		t.Errorf("The summary is %q.", summary)
	}
	order := []string{"summary.look-up", "summary.answer"}
	if answer := desk.verify(map[string]any{"order": order}); answer.Result != "pass" {
		t.Error(answer.Reason)
	}
}

func TestSendsTheTicketAndGivesTheResultOfTheToolBack(t *testing.T) {
	desk := openSession(t, "")
	summarise(t, desk, ticket)

	for _, messages := range []map[string]any{
		{"system": map[string]any{"contains": "Summarise"}, "last": map[string]any{"text": ticket}},
		{"last": map[string]any{"role": "tool", "text": map[string]any{"contains": "2026-03-03"}}},
	} {
		match := map[string]any{"messages": messages}
		if answer := desk.verify(map[string]any{"match": match}); answer.Count != 1 {
			t.Error(answer.Reason)
		}
	}
}

func TestKeepsTheReasoningOfTheTurnThatCalledTheTool(t *testing.T) {
	desk := openSession(t, "")
	summarise(t, desk, ticket)
	checkVerdict(t, desk, "dropped-reasoning")
}

func TestHandsOnAReplyPieceByPiece(t *testing.T) {
	pieces, err := draft(t, openSession(t, ""))
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(pieces, []string{"We are sorry ", "that your parcel ", "is late."}) {
		t.Errorf("The pieces are %q.", pieces)
	}
}

func TestAsksAgainAfterA429OnceItHasWaited(t *testing.T) {
	desk := openSession(t, "rate-limit")
	if summary := summarise(t, desk, ticket); !strings.HasPrefix(summary, "Hello! Thank you") {
		t.Errorf("The summary is %q.", summary)
	}
	if answer := desk.verify(map[string]any{}); answer.Count != 2 || answer.Calls != 1 {
		t.Errorf("There were %d requests in %d calls.", answer.Count, answer.Calls)
	}
	checkVerdict(t, desk, "retried-too-early", "gave-up")
}

func TestDoesNotTakeAReplyThatWasCutForAWholeOne(t *testing.T) {
	pieces, err := draft(t, openSession(t, "stream-cut"))
	if !errors.Is(err, ticketdesk.ErrReplyCut) {
		t.Errorf("The error is %v.", err)
	}
	if !slices.Equal(pieces, []string{"The first part, ", "the second part, "}) {
		t.Errorf("The pieces are %q.", pieces)
	}
}

func TestSaysThatATicketIsTooLongAndDoesNotTryAgain(t *testing.T) {
	desk := openSession(t, "context-overflow")
	if _, err := desk.Summarise(t.Context(), ticket); !errors.Is(err, ticketdesk.ErrTicketTooLong) {
		t.Errorf("The error is %v.", err)
	}
	once := map[string]any{"max": 1}
	if answer := desk.verify(map[string]any{"times": once}); answer.Result != "pass" {
		t.Error(answer.Reason)
	}
}

func TestSummarisesARecordedTicket(t *testing.T) {
	desk := openSession(t, "")
	if summary := summarise(t, desk, "Do you deliver to Iceland?"); summary == "" {
		t.Error("The summary is empty.")
	}
	if requests := desk.requests(); len(requests) != 1 || requests[0].Cassette != "default" {
		t.Errorf("The requests are %v.", requests)
	}
}

func summarise(t *testing.T, desk session, ticket string) string {
	t.Helper()
	summary, err := desk.Summarise(t.Context(), ticket)
	if err != nil {
		t.Fatal(err)
	}
	return summary
}

func draft(t *testing.T, desk session) (pieces []string, failure error) {
	t.Helper()
	for piece, err := range desk.DraftReply(t.Context(), ticket) {
		if err != nil {
			return pieces, err
		}
		pieces = append(pieces, piece)
	}
	return pieces, nil
}

func checkVerdict(t *testing.T, desk session, rules ...string) {
	t.Helper()
	verdict := desk.judge()
	for _, finding := range verdict.Findings {
		t.Errorf("%s: %s", finding.Rule, finding.Message)
	}
	for _, rule := range rules {
		if verdict.Checked[rule] != "pass" {
			t.Errorf("The rule %s is %q.", rule, verdict.Checked[rule])
		}
	}
}
