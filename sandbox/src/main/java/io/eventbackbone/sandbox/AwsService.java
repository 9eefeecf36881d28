package io.eventbackbone.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** The API of one AWS service for all accounts and Regions. Safe for use by many threads. */
public interface AwsService {

  /** The name that signatures and IAM actions use: {@code events}, {@code sqs}, {@code logs}. */
  String name();

  /**
   * Answers a call.
   *
   * @return the members of the operation's output
   * @throws AwsException what AWS would refuse the call with
   */
  ObjectNode handle(Call call);
}
