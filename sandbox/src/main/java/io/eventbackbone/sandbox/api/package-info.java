/**
 * What every service is made of: operations, requests and their members, access, pages. Imports the
 * errors only.
 */
package io.eventbackbone.sandbox.api;
