/**
 * What AWS should have for each admitted custom resource. Imports {@code routing} and the rooms
 * below it.
 */
package io.eventbackbone.core.topology;
