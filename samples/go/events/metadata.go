package events

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"time"
)

// Metadata is what is known about the telling of an event.
type Metadata struct {
	// ID is the same for every delivery of an event.
	ID            string `json:"id"`
	CorrelationID string `json:"correlationId"`
	// CausationID is the id of the event that led to this one, if one did.
	CausationID   string    `json:"causationId,omitempty"`
	SchemaVersion string    `json:"schemaVersion"`
	Time          time.Time `json:"time"`
	// TraceParent is W3C Trace Context, where something is traced.
	TraceParent string `json:"traceparent,omitempty"`
}

// First is the metadata of an event that no other event led to.
func First(correlationID string) Metadata {
	return Metadata{ID: NewID(), CorrelationID: correlationID, SchemaVersion: "1", Time: time.Now().UTC()}
}

// After is the metadata of an event that this event leads to. The id depends on this event's id
// alone: if this event is handled twice, consumers recognize the second publication.
func (m Metadata) After(detailType string) Metadata {
	hash := sha256.Sum256([]byte(m.ID + "/" + detailType))
	return Metadata{
		ID:            hex.EncodeToString(hash[:16]),
		CorrelationID: m.CorrelationID,
		CausationID:   m.ID,
		SchemaVersion: "1",
		Time:          time.Now().UTC(),
		TraceParent:   m.TraceParent,
	}
}

// NewID returns an id that nobody else has.
func NewID() string {
	var id [16]byte
	rand.Read(id[:]) // Never returns an error (package crypto/rand).
	return hex.EncodeToString(id[:])
}
