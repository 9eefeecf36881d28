/** For the tests of whatever listens on a port. */
package io.eventbackbone.verification.slowcallers;
