/** The Resource Groups Tagging API: the tags of all services. May import the api and the errors. */
package io.eventbackbone.sandbox.tagging;
