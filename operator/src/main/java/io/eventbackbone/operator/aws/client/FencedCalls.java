package io.eventbackbone.operator.aws.client;

import io.eventbackbone.operator.leadership.Fence;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/** Checks the fence before each attempt of a call, immediately before it is sent. */
final class FencedCalls implements ExecutionInterceptor {

  private final Fence fence;

  FencedCalls(Fence fence) {
    this.fence = fence;
  }

  @Override
  public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes request) {
    fence.check();
  }
}
