/**
 * Amazon CloudWatch Logs: log groups, their events, resource policies and deliveries. May import
 * its filter patterns, the api and the errors.
 */
package io.eventbackbone.sandbox.logs;
