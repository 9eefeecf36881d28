package io.eventbackbone.local.quickstart;

import java.time.Instant;

/**
 * A step of an order's way that was seen.
 *
 * @param what detail type of the event, or the call
 * @param where bus, queue or service
 * @param account number of the AWS account that the place belongs to
 * @param at when it happened, by the record it was read from
 */
record Hop(String what, String where, String account, Instant at, String note) {}
