/**
 * The endpoint: the protocols of AWS, and the dispatch of calls to services. May import faults,
 * sts, the api and the errors.
 */
package io.eventbackbone.sandbox.http;
