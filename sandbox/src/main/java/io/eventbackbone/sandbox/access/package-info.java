/**
 * Who calls, what the caller asks to do, and whether the caller may. Imports {@code errors} alone.
 */
package io.eventbackbone.sandbox.access;
