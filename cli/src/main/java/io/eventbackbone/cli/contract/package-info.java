/**
 * What the contracts of events are, and whether they are in order. Asks the core, and knows no
 * input and output.
 */
package io.eventbackbone.cli.contract;
