/** Answers as texts: JSON, YAML, and tables for people. Uses {@code answer} alone. */
package io.eventbackbone.cli.print;
