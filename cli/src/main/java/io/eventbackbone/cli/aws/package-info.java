/** Looks at AWS with the caller's own credentials. Uses the core and {@code trace}. */
package io.eventbackbone.cli.aws;
