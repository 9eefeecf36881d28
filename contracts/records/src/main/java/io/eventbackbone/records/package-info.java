/**
 * Java records of event types. Pure: it reads no file and writes none, so that the command and the
 * Maven goal make the same.
 */
package io.eventbackbone.records;
