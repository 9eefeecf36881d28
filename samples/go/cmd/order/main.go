// Command order publishes one new order, as order-service does.
package main

import (
	"context"
	"fmt"
	"log"
	"os"
	"time"

	"billing/events"

	"github.com/aws/aws-sdk-go-v2/config"
)

func main() {
	aws, err := config.LoadDefaultConfig(context.Background())
	if err != nil {
		log.Fatal(err)
	}
	id := events.NewID()
	order := map[string]any{
		"orderId":   id,
		"customer":  "Ada",
		"items":     []map[string]any{{"sku": os.Args[1], "quantity": 1}},
		"createdAt": time.Now().UTC(),
		"state":     "CREATED",
	}
	err = events.NewPublisher(aws).Publish(context.Background(),
		events.Outgoing{DetailType: "Order.Created", Metadata: events.First(id), Data: order})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(id)
}
