/**
 * The way of an event: matching, forwarding, retries, dead letters, replays and the log of a bus.
 * May import the model, the api and the errors.
 */
package io.eventbackbone.sandbox.eventbridge.delivery;
