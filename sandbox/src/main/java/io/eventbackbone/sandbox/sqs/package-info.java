/**
 * Amazon SQS: queues with their policies, dead-letter queues, FIFO rules and metrics. May import
 * the api and the errors.
 */
package io.eventbackbone.sandbox.sqs;
