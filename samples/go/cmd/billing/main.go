// Command billing writes an invoice for each new order.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"log"
	"log/slog"
	"os/signal"
	"syscall"

	"billing/events"

	"github.com/aws/aws-sdk-go-v2/config"
)

type order struct {
	OrderID string `json:"orderId"`
	Items   []struct {
		Quantity int `json:"quantity"`
	} `json:"items"`
}

type invoice struct {
	InvoiceID string `json:"invoiceId"`
	OrderID   string `json:"orderId"`
	Pieces    int    `json:"pieces"`
}

func main() {
	stopping, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, syscall.SIGINT)
	defer stop()
	aws, err := config.LoadDefaultConfig(stopping)
	if err != nil {
		log.Fatal(err)
	}
	slog.Info("billing-service starts")
	events.NewConsumer(aws, biller(events.NewPublisher(aws))).Run(stopping)
}

func biller(publisher *events.Publisher) func(context.Context, events.Incoming) error {
	return func(ctx context.Context, event events.Incoming) error {
		// The subscription brings all events that begin with "Order."; only new orders cost money.
		if event.DetailType != "Order.Created" {
			return nil
		}
		var ordered order
		if err := json.Unmarshal(event.Detail.Data, &ordered); err != nil {
			return errors.New("the data is no order")
		}
		metadata := event.Detail.Metadata.After("Invoice.Created")
		written := invoice{InvoiceID: metadata.ID, OrderID: ordered.OrderID}
		for _, item := range ordered.Items {
			written.Pieces += item.Quantity
		}
		err := publisher.Publish(ctx,
			events.Outgoing{DetailType: "Invoice.Created", Metadata: metadata, Data: written})
		if err == nil {
			slog.Info("invoice", "id", written.InvoiceID, "order", written.OrderID)
		}
		return err
	}
}
