/**
 * Amazon CloudWatch Logs: log groups of many accounts and Regions, their events, and the account
 * resource policies that let other services write, in memory.
 */
package io.eventbackbone.sandbox.logs;
