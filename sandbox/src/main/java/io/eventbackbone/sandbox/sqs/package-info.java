/**
 * Amazon SQS: queues of many accounts and Regions with their policies, dead-letter queues and FIFO
 * rules, in memory.
 */
package io.eventbackbone.sandbox.sqs;
