/**
 * Starts programs of this project as processes of this machine, and waits for them. Imports nothing
 * but the JDK.
 */
package io.eventbackbone.local.launcher;
