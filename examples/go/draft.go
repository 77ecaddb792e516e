package ticketdesk

import (
	"context"
	"iter"

	"github.com/openai/openai-go/v3"
)

const replyInstructions = "Write a short and friendly reply to the support ticket."

// DraftReply yields the pieces of a reply as the model writes them, and an error for a reply
// without an end.
func (d *Desk) DraftReply(ctx context.Context, ticket string) iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		stream := d.client.Chat.Completions.NewStreaming(ctx, openai.ChatCompletionNewParams{
			Model: model,
			Messages: []openai.ChatCompletionMessageParamUnion{
				openai.SystemMessage(replyInstructions),
				openai.UserMessage(ticket),
			},
		})
		defer stream.Close()
		finished := false
		for stream.Next() {
			for _, choice := range stream.Current().Choices {
				finished = finished || choice.FinishReason == "stop"
				if choice.Delta.Content != "" && !yield(choice.Delta.Content, nil) {
					return
				}
			}
		}
		if err := stream.Err(); err != nil {
			yield("", translate(err))
		} else if !finished {
			// The SDK ends the loop in silence when the connection is closed half way.
			yield("", ErrReplyCut)
		}
	}
}
