/**
 * What the event types of a backbone mean for filters, and filters for event types. Imports {@code
 * routing} and the rooms below it.
 */
package io.eventbackbone.core.catalog;
