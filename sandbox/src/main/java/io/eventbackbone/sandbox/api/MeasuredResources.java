package io.eventbackbone.sandbox.api;

import java.util.Map;
import java.util.OptionalLong;

/** A service whose resources have metrics in CloudWatch. */
public interface MeasuredResources {

  /** The namespace of the metrics, for instance {@code AWS/SQS}. */
  String namespace();

  /**
   * Measures a resource now.
   *
   * @param dimensions that name the resource
   * @return empty when there is no such resource or metric
   */
  OptionalLong measure(Home home, String metric, Map<String, String> dimensions);
}
