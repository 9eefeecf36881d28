/**
 * Which replica works. A Lease (coordination.k8s.io) says so, as client-go's leader election has
 * it. Beyond client-go, a fence keeps a replica from writing once it could not renew the Lease in
 * time, and a watchdog ends that replica before another can hold the Lease.
 */
package io.eventbackbone.operator.leadership;
