package ticketdesk

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/openai/openai-go/v3"
	"github.com/openai/openai-go/v3/packages/param"
)

const (
	summaryInstructions = "Summarise the support ticket in two sentences. Look up every order it names."
	mostSteps           = 5
)

var findOrder = openai.ChatCompletionFunctionTool(openai.FunctionDefinitionParam{
	Name:        "find_order",
	Description: openai.String("The status of an order"),
	Parameters: openai.FunctionParameters{
		"type":       "object",
		"properties": map[string]any{"order_id": map[string]any{"type": "string"}},
		"required":   []string{"order_id"},
	},
})

// Summarise lets the model look up orders until it has a summary.
func (d *Desk) Summarise(ctx context.Context, ticket string) (string, error) {
	messages := []openai.ChatCompletionMessageParamUnion{
		openai.SystemMessage(summaryInstructions),
		openai.UserMessage(ticket),
	}
	for range mostSteps {
		message, err := d.complete(ctx, messages)
		if err != nil {
			return "", err
		}
		if len(message.ToolCalls) == 0 {
			return message.Content, nil
		}
		messages = append(messages, replay(message))
		for _, call := range message.ToolCalls {
			messages = append(messages, openai.ToolMessage(lookUp(call.Function.Arguments), call.ID))
		}
	}
	return "", fmt.Errorf("the model had no summary after %d steps", mostSteps)
}

func (d *Desk) complete(
	ctx context.Context, messages []openai.ChatCompletionMessageParamUnion,
) (openai.ChatCompletionMessage, error) {
	completion, err := d.client.Chat.Completions.New(ctx, openai.ChatCompletionNewParams{
		Model:    model,
		Messages: messages,
		Tools:    []openai.ChatCompletionToolUnionParam{findOrder},
	})
	if err != nil {
		return openai.ChatCompletionMessage{}, translate(err)
	}
	if len(completion.Choices) == 0 {
		return openai.ChatCompletionMessage{}, fmt.Errorf("the model gave no answer")
	}
	return completion.Choices[0].Message, nil
}

// replay gives the message back as it came: ToParam would drop its reasoning_content, which
// LongCat wants along with the calls.
func replay(message openai.ChatCompletionMessage) openai.ChatCompletionMessageParamUnion {
	assistant := param.Override[openai.ChatCompletionAssistantMessageParam](
		json.RawMessage(message.RawJSON()),
	)
	return openai.ChatCompletionMessageParamUnion{OfAssistant: &assistant}
}

func lookUp(arguments string) string {
	var wanted struct {
		OrderID string `json:"order_id"`
	}
	if err := json.Unmarshal([]byte(arguments), &wanted); err != nil {
		return `{"error":"The arguments are not JSON."}`
	}
	found, ok := orders[wanted.OrderID]
	if !ok {
		return `{"error":"There is no such order."}`
	}
	content, err := json.Marshal(found)
	if err != nil {
		return `{"error":"The order cannot be shown."}`
	}
	return string(content)
}
