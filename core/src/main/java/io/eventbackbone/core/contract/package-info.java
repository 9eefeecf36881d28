/**
 * The schemas of event types: a subset of JSON Schema 2020-12 in which compatibility can be
 * decided. Imports no other room.
 */
package io.eventbackbone.core.contract;
