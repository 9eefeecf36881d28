package events

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/sqs"
	"github.com/aws/aws-sdk-go-v2/service/sqs/types"
)

const remembered = 10_000

// Incoming is an event as it came in the queue.
type Incoming struct {
	DetailType string `json:"detail-type"`
	// ReplayName is the name of the replay that brought the event, and empty without one.
	ReplayName string `json:"replay-name"`
	Detail     struct {
		Metadata Metadata        `json:"metadata"`
		Data     json.RawMessage `json:"data"`
	} `json:"detail"`
}

type key struct{ id, replay string }

// Consumer handles each event once, as far as this process remembers. A service with a database
// stores the ids there, in the transaction of its work.
type Consumer struct {
	client  *sqs.Client
	queue   string
	handle  func(context.Context, Incoming) error
	handled map[key]bool
	order   []key
}

// NewConsumer reads the environment. It makes no call.
func NewConsumer(config aws.Config, handle func(context.Context, Incoming) error) *Consumer {
	return &Consumer{
		client:  sqs.NewFromConfig(config),
		queue:   variable("EVENT_QUEUE_URL"),
		handle:  handle,
		handled: map[key]bool{},
	}
}

// Run receives until stopping is done. It finishes the poll first: SQS hides what a cut poll received.
func (c *Consumer) Run(stopping context.Context) {
	ctx := context.WithoutCancel(stopping)
	for stopping.Err() == nil {
		answer, err := c.client.ReceiveMessage(ctx, &sqs.ReceiveMessageInput{
			QueueUrl:            aws.String(c.queue),
			MaxNumberOfMessages: 1,
			WaitTimeSeconds:     10,
		})
		if err != nil {
			slog.Warn("could not receive", "queue", c.queue, "error", err)
			time.Sleep(time.Second)
			continue
		}
		for _, message := range answer.Messages {
			c.process(ctx, message)
		}
	}
}

// process leaves a message that fails in the queue. It comes again, and ends as a dead letter.
func (c *Consumer) process(ctx context.Context, message types.Message) {
	err := c.handleOnce(ctx, aws.ToString(message.Body))
	if err == nil {
		_, err = c.client.DeleteMessage(ctx, &sqs.DeleteMessageInput{
			QueueUrl:      aws.String(c.queue),
			ReceiptHandle: message.ReceiptHandle,
		})
	}
	if err != nil {
		slog.Error("a message was not handled, and comes again",
			"message", aws.ToString(message.MessageId), "error", err)
	}
}

// handleOnce knows that SQS and EventBridge may deliver an event more than once. A replay is wanted
// once more.
func (c *Consumer) handleOnce(ctx context.Context, body string) error {
	var event Incoming
	if err := json.Unmarshal([]byte(body), &event); err != nil {
		return errors.New("the message is no event")
	}
	known := key{event.Detail.Metadata.ID, event.ReplayName}
	if known.id == "" {
		return errors.New("the event has no detail.metadata.id")
	}
	if c.handled[known] {
		slog.Info("was handled before", "detailType", event.DetailType, "id", known.id)
		return nil
	}
	if err := c.handle(ctx, event); err != nil {
		return err
	}
	c.handled[known] = true
	c.order = append(c.order, known)
	if len(c.order) > remembered {
		delete(c.handled, c.order[0])
		c.order = c.order[1:]
	}
	return nil
}
