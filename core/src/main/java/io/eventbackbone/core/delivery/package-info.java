/**
 * What the counts of messages say: whether a subscription's events reach its consumer. Pure
 * functions.
 */
package io.eventbackbone.core.delivery;
