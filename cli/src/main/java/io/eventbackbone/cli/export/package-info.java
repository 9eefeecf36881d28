/**
 * Event types in the forms of other tools. Makes files as values, and knows no input and output.
 */
package io.eventbackbone.cli.export;
