/**
 * Amazon CloudWatch: the metrics that the services of the sandbox can tell. May import the api and
 * the errors.
 */
package io.eventbackbone.sandbox.cloudwatch;
