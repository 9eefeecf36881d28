/**
 * One account's AWS: observe resources, apply changes. Decides nothing, and imports neither {@code
 * cluster} nor {@code reconcile}.
 */
package io.eventbackbone.operator.aws;
