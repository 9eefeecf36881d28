/**
 * Translates exceptions of the SDK into failures with advice for people. Imports {@code
 * aws.client}.
 */
package io.eventbackbone.operator.aws.failure;
