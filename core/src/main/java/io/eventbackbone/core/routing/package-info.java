/**
 * Which events routes bring to a bus, compiled into the one pattern of its forwarding rule. Imports
 * {@code model}, {@code resource} and {@code pattern}.
 */
package io.eventbackbone.core.routing;
