/**
 * Event patterns: what a filter says, checked against what EventBridge takes, and the one pattern
 * that all routes to a bus come to. Pure functions; the rules are those of the EventBridge User
 * Guide, "Creating event patterns", as Amazon's own event-ruler compiles them.
 */
package io.eventbackbone.operator.topology.pattern;
