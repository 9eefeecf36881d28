// Package events publishes events to the backbone and receives events from the subscription's
// queue. The environment variables are the keys of an EventSubscription's binding Secret; the AWS
// SDK reads AWS_REGION by itself. Copy this package into your service.
package events

import (
	"context"
	"encoding/json"
	"fmt"
	"log"
	"os"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/eventbridge"
	"github.com/aws/aws-sdk-go-v2/service/eventbridge/types"
)

const (
	batch    = 10
	attempts = 5
)

// PutEvents API Reference, "ErrorCode": these errors pass.
var passing = map[string]bool{"InternalException": true, "InternalFailure": true, "ThrottlingException": true}

// Outgoing is an event to publish.
type Outgoing struct {
	DetailType string
	Metadata   Metadata
	Data       any
}

// Publisher publishes to the bus of the binding, with the source of the binding.
type Publisher struct {
	client *eventbridge.Client
	bus    string
	source string
}

// NewPublisher reads the environment. It makes no call.
func NewPublisher(config aws.Config) *Publisher {
	return &Publisher{
		client: eventbridge.NewFromConfig(config),
		bus:    variable("EVENT_BUS_ARN"),
		source: variable("EVENT_SOURCE"),
	}
}

func variable(name string) string {
	value := os.Getenv(name)
	if value == "" {
		log.Fatalf("environment variable %s is missing: see the binding Secret", name)
	}
	return value
}

// Publish returns nil when the bus has accepted all events.
func (p *Publisher) Publish(ctx context.Context, outgoing ...Outgoing) error {
	var entries []types.PutEventsRequestEntry
	for _, event := range outgoing {
		detail, err := json.Marshal(map[string]any{"metadata": event.Metadata, "data": event.Data})
		if err != nil {
			return fmt.Errorf("no JSON can be made of a %s: %w", event.DetailType, err)
		}
		entries = append(entries, types.PutEventsRequestEntry{
			EventBusName: aws.String(p.bus),
			Source:       aws.String(p.source),
			DetailType:   aws.String(event.DetailType),
			Detail:       aws.String(string(detail)),
		})
	}
	for start := 0; start < len(entries); start += batch {
		if err := p.put(ctx, entries[start:min(start+batch, len(entries))]); err != nil {
			return err
		}
	}
	return nil
}

// put knows that an answer of 200 may contain failures. The results have the order of the entries.
func (p *Publisher) put(ctx context.Context, entries []types.PutEventsRequestEntry) error {
	for attempt := 1; ; attempt++ {
		answer, err := p.client.PutEvents(ctx, &eventbridge.PutEventsInput{Entries: entries})
		if err != nil {
			return err
		}
		if answer.FailedEntryCount == 0 {
			return nil
		}
		var failed []types.PutEventsRequestEntry
		var reasons []string
		retry := attempt < attempts
		for i, result := range answer.Entries {
			if result.ErrorCode == nil {
				continue
			}
			failed = append(failed, entries[i])
			reasons = append(reasons, fmt.Sprintf("%s: %s: %s", aws.ToString(entries[i].DetailType),
				aws.ToString(result.ErrorCode), aws.ToString(result.ErrorMessage)))
			retry = retry && passing[*result.ErrorCode]
		}
		if !retry {
			return fmt.Errorf("not accepted by the bus: %s", strings.Join(reasons, "; "))
		}
		entries = failed
		time.Sleep(100 * time.Millisecond << attempt)
	}
}
