/**
 * AWS resources as values: their names, policies, tags, owners, and the wanted state made of them.
 * Imports no other room.
 */
package io.eventbackbone.core.resource;
