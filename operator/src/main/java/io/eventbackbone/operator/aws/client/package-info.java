/**
 * The AWS SDK's clients: credentials, rates, the fence before each call. Imports no other room of
 * {@code aws}.
 */
package io.eventbackbone.operator.aws.client;
