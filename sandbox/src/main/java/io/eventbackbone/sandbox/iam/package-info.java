/** AWS IAM: roles, and the evaluation of policies. May import the api and the errors. */
package io.eventbackbone.sandbox.iam;
