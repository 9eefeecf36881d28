/**
 * What the SDK's exceptions mean, and what a person can do about them. Imports {@code aws.client}.
 */
package io.eventbackbone.operator.aws.failure;
