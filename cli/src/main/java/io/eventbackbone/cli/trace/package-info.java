/**
 * The way of an event, by what logs, rules, policies and queues tell. Pure but for its {@link
 * io.eventbackbone.cli.trace.Witness}; uses the core, {@code answer}, {@code cluster} and {@code
 * reception}.
 */
package io.eventbackbone.cli.trace;
