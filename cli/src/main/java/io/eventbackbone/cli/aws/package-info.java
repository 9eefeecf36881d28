/**
 * Looks at AWS with the caller's own credentials. Uses the core, {@code answer} and {@code trace}.
 */
package io.eventbackbone.cli.aws;
