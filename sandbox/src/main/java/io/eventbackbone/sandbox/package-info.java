/**
 * The sandbox as a whole: the services put together, the program, and what tests see of it. May
 * import everything below it.
 */
package io.eventbackbone.sandbox;
