package ticketdesk

type order struct {
	Status  string `json:"status"`
	Shipped string `json:"shipped,omitempty"`
}

// orders stands for the shop's database.
var orders = map[string]order{
	"A-1042": {Status: "shipped", Shipped: "2026-03-03"},
	"A-1043": {Status: "packing"},
}
