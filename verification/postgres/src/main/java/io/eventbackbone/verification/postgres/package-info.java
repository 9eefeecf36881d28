/** A real PostgreSQL for tests of services. */
package io.eventbackbone.verification.postgres;
