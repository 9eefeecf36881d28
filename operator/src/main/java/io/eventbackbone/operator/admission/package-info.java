/**
 * What the webhook says to an object before it is stored. Imports the core; decides nothing that
 * the core does not.
 */
package io.eventbackbone.operator.admission;
