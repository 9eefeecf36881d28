/**
 * Each type of AWS resource, read and changed by the calls of its API. Imports {@code aws.failure}
 * and {@code aws.client}.
 */
package io.eventbackbone.operator.aws.resource;
