/**
 * What fits into AWS's quotas: rules of a bus, characters of a bus policy. Imports {@code topology}
 * and the rooms below it.
 */
package io.eventbackbone.core.quota;
