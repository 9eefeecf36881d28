/**
 * Decides which replica works, by a Lease (coordination.k8s.io) like client-go's leader election.
 * Beyond client-go, a fence keeps a replica from writing once it could not renew the Lease in time,
 * and a watchdog ends that replica before another can hold the Lease.
 */
package io.eventbackbone.operator.leadership;
