/**
 * Whether all is well, by the statuses that the operator wrote. Pure; uses {@code answer} and
 * {@code cluster}.
 */
package io.eventbackbone.cli.health;
