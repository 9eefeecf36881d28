/**
 * Reads whatever an API server stores, and keeps what the operator looks at. Imports no other room
 * of the operator.
 */
package io.eventbackbone.operator.cluster.serialization;
