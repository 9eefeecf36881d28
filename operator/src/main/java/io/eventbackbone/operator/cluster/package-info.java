/**
 * All that talks to Kubernetes: caches, dependencies, statuses, Events. Imports neither {@code aws}
 * nor {@code reconcile}.
 */
package io.eventbackbone.operator.cluster;
