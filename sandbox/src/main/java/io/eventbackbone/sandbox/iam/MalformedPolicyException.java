package io.eventbackbone.sandbox.iam;

/** A policy document that IAM can't read. */
final class MalformedPolicyException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  MalformedPolicyException(String message) {
    super(message);
  }
}
