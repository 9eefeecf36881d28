/**
 * Amazon EventBridge: the operations of its API. May import its model and delivery, the api and the
 * errors.
 */
package io.eventbackbone.sandbox.eventbridge;
