/** AWS resources as values: their keys, names, attributes and policies. Imports no other room. */
package io.eventbackbone.core.resource;
