/**
 * Brings AWS to a wanted state and says how that ended. Imports the core and {@code aws}; it knows
 * no reconciler and writes nothing to Kubernetes.
 */
package io.eventbackbone.operator.reconcile.apply;
