/**
 * Service Quotas: the limits that the services of the sandbox have. May import the api and the
 * errors.
 */
package io.eventbackbone.sandbox.servicequotas;
