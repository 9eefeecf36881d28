/**
 * The reconcilers: admit, wait, apply, judge, publish. Imports the core, {@code aws} and {@code
 * cluster}, and decides nothing about AWS itself.
 */
package io.eventbackbone.operator.reconcile;
