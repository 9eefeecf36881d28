/** Faults that tests and users inject. May import the api and the errors. */
package io.eventbackbone.sandbox.faults;
