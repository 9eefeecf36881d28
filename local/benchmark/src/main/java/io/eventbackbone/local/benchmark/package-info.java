/**
 * Measures the operator, as a process of its own, against the sandbox with AWS's latency and rate
 * limits and a real kube-apiserver.
 */
package io.eventbackbone.local.benchmark;
