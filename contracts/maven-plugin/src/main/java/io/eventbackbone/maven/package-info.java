/** The Maven goal that makes records of event types. */
package io.eventbackbone.maven;
