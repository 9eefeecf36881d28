/**
 * The page of {@code kubectl backbone ui}. A server on this machine serves the page's files, which
 * are resources of this package, and answers the page's questions as the other verbs do.
 */
package io.eventbackbone.cli.page;
