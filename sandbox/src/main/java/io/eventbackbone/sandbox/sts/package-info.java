/** AWS STS: sessions of roles. May import iam, the api and the errors. */
package io.eventbackbone.sandbox.sts;
