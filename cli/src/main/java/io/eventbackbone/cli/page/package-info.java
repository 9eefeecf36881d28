/**
 * The page of {@code kubectl backbone ui}: a server for this machine's browser, which answers what
 * the other verbs answer. The page's own files are among the resources.
 */
package io.eventbackbone.cli.page;
