/**
 * Reviews objects before the API server stores them. Imports the core, which makes every decision.
 */
package io.eventbackbone.operator.admission;
