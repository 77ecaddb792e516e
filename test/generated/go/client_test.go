// Package clients holds what oapi-codegen makes of the document against the running mock.
package clients

import (
	"encoding/json"
	"slices"
	"testing"

	longcat "example.com/longcat-clients/made/client"
)

func TestChat(t *testing.T) {
	for _, one := range readFile[[]oneCase](t, "cases.json") {
		if one.Format != "chat" {
			continue
		}
		t.Run(one.Name, func(t *testing.T) {
			body := decode[longcat.ChatRequest](t, one.Body)
			answer, err := connect(t, "").CreateChatCompletionWithResponse(t.Context(), body)
			must(t, err)
			decode[longcat.ChatCompletion](t, answer.Body)
			choice := answer.JSON200.Choices[0]
			if string(choice.FinishReason) != one.Ends {
				t.Errorf("ended with %q, not %q", choice.FinishReason, one.Ends)
			}
			if found := listMembers(choice); !slices.Equal(found, one.Has) {
				t.Errorf("has %q, not %q", found, one.Has)
			}
			if choice.Message.ToolCalls != nil {
				checkCalls(t, *choice.Message.ToolCalls)
			}
		})
		t.Run(one.Name+", streamed", func(t *testing.T) {
			var ends string
			for _, payload := range stream(t, one, "") {
				for _, choice := range decode[longcat.ChatChunk](t, payload).Choices {
					if choice.FinishReason != nil {
						ends += string(*choice.FinishReason)
					}
				}
			}
			if ends != one.Ends {
				t.Errorf("ended with %q, not %q", ends, one.Ends)
			}
		})
	}
}

func TestMessage(t *testing.T) {
	for _, one := range readFile[[]oneCase](t, "cases.json") {
		if one.Format != "message" {
			continue
		}
		t.Run(one.Name, func(t *testing.T) {
			body := decode[longcat.MessageRequest](t, one.Body)
			answer, err := connect(t, "").CreateMessageWithResponse(t.Context(), body)
			must(t, err)
			decode[longcat.Message](t, answer.Body)
			if string(answer.JSON200.StopReason) != one.Ends {
				t.Errorf("ended with %q, not %q", answer.JSON200.StopReason, one.Ends)
			}
			if found := listBlocks(t, answer.JSON200.Content); !slices.Equal(found, one.Has) {
				t.Errorf("has %q, not %q", found, one.Has)
			}
		})
		t.Run(one.Name+", streamed", func(t *testing.T) {
			var ends string
			for _, payload := range stream(t, one, "") {
				event, err := decode[longcat.MessageStreamEvent](t, payload).ValueByDiscriminator()
				must(t, err)
				if delta, found := event.(longcat.MessageDeltaEvent); found {
					ends += string(delta.Delta.StopReason)
				}
			}
			if ends != one.Ends {
				t.Errorf("ended with %q, not %q", ends, one.Ends)
			}
		})
	}
}

func TestErrorInStream(t *testing.T) {
	cases := readFile[[]oneCase](t, "cases.json")
	one := cases[slices.IndexFunc(cases, func(one oneCase) bool { return one.Format == "message" })]
	payloads := stream(t, one, "stream-error-midway")
	event, err := decode[longcat.MessageStreamEvent](t, payloads[len(payloads)-1]).AsMessageErrorEvent()
	must(t, err)
	if event.Error.Type != longcat.ServerError {
		t.Errorf("the type is %q", event.Error.Type)
	}
}

func TestErrors(t *testing.T) {
	body := decode[longcat.ChatRequest](t, readFile[[]oneCase](t, "cases.json")[0].Body)
	for _, one := range readFile[[]errorCase](t, "made/errors.json") {
		t.Run(one.Name, func(t *testing.T) {
			answer, err := connect(t, "the-error-"+one.Name).CreateChatCompletionWithResponse(t.Context(), body)
			must(t, err)
			if answer.StatusCode() != one.Status {
				t.Fatalf("the status is %d, not %d", answer.StatusCode(), one.Status)
			}
			checkError(t, one, answer)
		})
	}
}

func TestModels(t *testing.T) {
	list, err := connect(t, "").ListModelsWithResponse(t.Context())
	must(t, err)
	if len(list.JSON200.Data) != 1 || list.JSON200.Data[0].Id != "LongCat-2.0" {
		t.Errorf("the models are %v", list.JSON200.Data)
	}
	detail, err := connect(t, "").GetModelWithResponse(t.Context(), "LongCat-2.0")
	must(t, err)
	if detail.JSON200.ContextLength != 1_048_576 || detail.JSON200.Architecture.InstructType != nil {
		t.Errorf("the detail is %s", detail.Body)
	}
	unknown, err := connect(t, "").GetModelWithResponse(t.Context(), "Nope")
	must(t, err)
	if unknown.JSON400.Error.Message != "Unsupported model" {
		t.Errorf("the error is %s", unknown.Body)
	}
}

func listMembers(choice longcat.ChatChoice) []string {
	var found []string
	if choice.Message.Content != nil {
		found = append(found, "content")
	}
	if choice.Message.ReasoningContent != nil {
		found = append(found, "reasoning_content")
	}
	if choice.Message.ToolCalls != nil {
		found = append(found, "tool_calls")
	}
	if choice.Logprobs != nil {
		found = append(found, "logprobs")
	}
	return found
}

func checkCalls(t *testing.T, calls []longcat.ChatToolCall) {
	var names []string
	for _, call := range calls {
		value, err := call.ValueByDiscriminator()
		must(t, err)
		function := value.(longcat.ChatFunctionCall).Function
		if !json.Valid([]byte(function.Arguments)) {
			t.Errorf("the arguments are %q", function.Arguments)
		}
		names = append(names, function.Name)
	}
	if !slices.Equal(names, []string{"get_weather", "get_time"}) {
		t.Errorf("called %q", names)
	}
}

func listBlocks(t *testing.T, blocks []longcat.MessageAnswerBlock) []string {
	var kinds []string
	for _, block := range blocks {
		value, err := block.ValueByDiscriminator()
		must(t, err)
		switch block := value.(type) {
		case longcat.MessageAnswerText:
			kinds = append(kinds, string(block.Type))
		case longcat.MessageAnswerThinking:
			kinds = append(kinds, string(block.Type))
		case longcat.MessageAnswerToolUse:
			kinds = append(kinds, string(block.Type))
		}
	}
	return slices.Compact(kinds)
}

func checkError(t *testing.T, one errorCase, answer *longcat.CreateChatCompletionResponse) {
	envelopes := map[int]*longcat.ErrorBody{
		400: answer.JSON400, 401: answer.JSON401, 402: answer.JSON402, 403: answer.JSON403,
		413: answer.JSON413, 415: answer.JSON415, 429: answer.JSON429, 500: answer.JSON500,
	}
	switch {
	case one.Type == "text/html":
		if len(answer.Body) == 0 {
			t.Error("there is no page")
		}
	case one.Status == 456:
		if answer.JSON456.RequestId == "" {
			t.Errorf("the refusal is %s", answer.Body)
		}
	case envelopes[one.Status] == nil || envelopes[one.Status].Error.Message == "":
		t.Errorf("the error is %s", answer.Body)
	}
}
