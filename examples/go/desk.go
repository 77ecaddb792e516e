// Package ticketdesk summarises support tickets and drafts replies to them.
package ticketdesk

import (
	"errors"

	"github.com/openai/openai-go/v3"
)

const model = "LongCat-2.0"

var (
	// ErrTicketTooLong means that the ticket does not fit the model's context.
	ErrTicketTooLong = errors.New("the ticket is too long for the model")
	// ErrReplyCut means that the reply broke off before its end.
	ErrReplyCut = errors.New("the reply broke off before its end")
)

// Desk works on tickets with the help of a model.
type Desk struct {
	client openai.Client
}

// New returns a desk that asks by way of the client.
func New(client openai.Client) *Desk {
	return &Desk{client: client}
}

func translate(err error) error {
	var refusal *openai.Error
	if errors.As(err, &refusal) && refusal.Code == "context_length_exceeded" {
		return errors.Join(ErrTicketTooLong, err)
	}
	return err
}
