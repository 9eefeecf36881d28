/**
 * The roles that an AWS account needs before the operator can work in it. {@link
 * io.eventbackbone.operator.bootstrap.OperatorGrants} defines the operator's permissions; the other
 * classes write them as templates.
 */
package io.eventbackbone.operator.bootstrap;
