/**
 * Buses, rules, targets, events and archives as immutable values, and who may access them. May
 * import the api and the errors.
 */
package io.eventbackbone.sandbox.eventbridge.model;
