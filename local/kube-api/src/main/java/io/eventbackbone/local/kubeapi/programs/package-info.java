/**
 * Finds, downloads and builds the programs that tests and the quickstart run, and keeps them in
 * {@code ~/.cache/event-backbone}. Starts none of them.
 */
package io.eventbackbone.local.kubeapi.programs;
