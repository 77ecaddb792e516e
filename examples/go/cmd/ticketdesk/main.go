// Command ticketdesk summarises the support ticket on its standard input, and drafts a reply.
package main

import (
	"context"
	"fmt"
	"io"
	"log"
	"os"

	"github.com/openai/openai-go/v3"

	"example.com/ticketdesk"
)

func main() {
	ticket, err := io.ReadAll(os.Stdin)
	if err != nil {
		log.Fatal(err)
	}
	// Reads OPENAI_BASE_URL and OPENAI_API_KEY.
	desk := ticketdesk.New(openai.NewClient())
	summary, err := desk.Summarise(context.Background(), string(ticket))
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("%s\n\n", summary)
	for piece, err := range desk.DraftReply(context.Background(), string(ticket)) {
		if err != nil {
			log.Fatal(err)
		}
		fmt.Print(piece)
	}
	fmt.Println()
}
