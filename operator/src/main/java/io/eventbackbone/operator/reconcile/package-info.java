/**
 * The reconcilers and the flow that they share: admit, wait, apply, judge, publish, clean up.
 * Imports the core, {@code aws}, {@code cluster} and {@code reconcile.apply}.
 */
package io.eventbackbone.operator.reconcile;
