/**
 * The objects that the operator keeps beside a subscription, for workloads. Knows no reconciler,
 * and nothing of AWS.
 */
package io.eventbackbone.operator.reconcile.binding;
