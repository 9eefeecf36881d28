/**
 * Wanted state and observed state to an ordered list of changes. Imports {@code resource} and
 * {@code model}.
 */
package io.eventbackbone.core.plan;
