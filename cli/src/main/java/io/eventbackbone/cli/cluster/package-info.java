/**
 * Reads the cluster with the caller's rights, and makes of it what the core decides on. Uses the
 * core alone.
 */
package io.eventbackbone.cli.cluster;
