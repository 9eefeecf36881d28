/**
 * The roles that an AWS account needs before the operator can work in it. {@link
 * io.eventbackbone.operator.bootstrap.OperatorGrants} says what the operator may do; everything
 * else here writes that down in the languages of other tools.
 */
package io.eventbackbone.operator.bootstrap;
