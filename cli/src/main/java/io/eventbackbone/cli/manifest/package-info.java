/**
 * Manifests as kubectl reads them, and a cluster as it would be with them applied. Uses {@code
 * cluster} and the core.
 */
package io.eventbackbone.cli.manifest;
