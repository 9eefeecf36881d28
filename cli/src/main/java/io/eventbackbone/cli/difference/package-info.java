/**
 * What a change of custom resources would change: the same questions to the cluster as it is and as
 * it would be. Pure; uses the core, {@code answer}, {@code cluster} and {@code reception}.
 */
package io.eventbackbone.cli.difference;
