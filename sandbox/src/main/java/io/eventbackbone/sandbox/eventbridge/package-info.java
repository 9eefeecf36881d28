/**
 * Amazon EventBridge. {@link io.eventbackbone.sandbox.eventbridge.EventBridgeService} is the way
 * in. State is immutable values in {@code EventBuses}; the {@code …Operations} classes answer the
 * API; {@code EventDelivery} and {@code BusForwarding} bring events to their targets. Facts about
 * the service that no document of AWS gives were recorded from it by others and are named as such.
 */
package io.eventbackbone.sandbox.eventbridge;
