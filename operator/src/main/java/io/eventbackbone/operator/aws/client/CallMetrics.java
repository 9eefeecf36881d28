package io.eventbackbone.operator.aws.client;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;

/** {@code eventbackbone_aws_calls}: calls of AWS APIs by service, operation and outcome. */
final class CallMetrics implements ExecutionInterceptor {

  private static final ExecutionAttribute<Timer.Sample> STARTED =
      new ExecutionAttribute<>("io.eventbackbone.started");

  private final MeterRegistry registry;

  CallMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  @Override
  public void beforeExecution(
      Context.BeforeExecution context, ExecutionAttributes executionAttributes) {
    executionAttributes.putAttribute(STARTED, Timer.start(registry));
  }

  @Override
  public void afterExecution(
      Context.AfterExecution context, ExecutionAttributes executionAttributes) {
    stop("success", executionAttributes);
  }

  @Override
  public void onExecutionFailure(
      Context.FailedExecution context, ExecutionAttributes executionAttributes) {
    stop(context.exception().getClass().getSimpleName(), executionAttributes);
  }

  private void stop(String outcome, ExecutionAttributes attributes) {
    attributes
        .getAttribute(STARTED)
        .stop(
            Timer.builder("eventbackbone.aws.calls")
                .description("Calls of AWS APIs")
                .tag("service", attributes.getAttribute(SdkExecutionAttribute.SERVICE_NAME))
                .tag("operation", attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME))
                .tag("outcome", outcome)
                .register(registry));
  }
}
