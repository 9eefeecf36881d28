/** Filter patterns of CloudWatch Logs: terms and JSON. May import the api and the errors. */
package io.eventbackbone.sandbox.logs.filter;
