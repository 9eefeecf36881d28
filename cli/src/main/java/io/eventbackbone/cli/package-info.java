/** {@code kubectl backbone}: its verbs, and what they print. */
package io.eventbackbone.cli;
