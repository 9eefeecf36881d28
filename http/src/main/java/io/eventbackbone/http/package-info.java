/** An HTTP server that nobody can hold up: every connection, request and answer has its limits. */
package io.eventbackbone.http;
