/**
 * The ports: probes, metrics, the webhook and its certificate. Imports {@code admission} and {@code
 * cluster}.
 */
package io.eventbackbone.operator.web;
