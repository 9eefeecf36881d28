package io.eventbackbone.operator.aws.client;

import java.util.Arrays;
import java.util.Optional;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;

/**
 * The call that failed. The SDK's exceptions don't tell it, so an interceptor attaches it to them
 * as a suppressed exception.
 */
public final class FailedCall extends Exception {

  private static final long serialVersionUID = 1L;

  private final String operation;
  private final transient SdkRequest request;

  public FailedCall(String operation, SdkRequest request) {
    super("calling " + operation, null, false, false);
    this.operation = operation;
    this.request = request;
  }

  /** Attaches the call to its exception. */
  public static final class Attaching implements ExecutionInterceptor {
    @Override
    public Throwable modifyException(
        Context.FailedExecution context, ExecutionAttributes executionAttributes) {
      context
          .exception()
          .addSuppressed(
              new FailedCall(
                  executionAttributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME),
                  context.request()));
      return context.exception();
    }
  }

  /** The call of an exception. Empty: the exception comes from no call. */
  public static Optional<FailedCall> of(Throwable failure) {
    return Arrays.stream(failure.getSuppressed())
        .flatMap(it -> it instanceof FailedCall call ? Optional.of(call).stream() : null)
        .findFirst();
  }

  /** The name in the API model: {@code PutRule}. */
  public String operation() {
    return operation;
  }

  public SdkRequest request() {
    return request;
  }
}
