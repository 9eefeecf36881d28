package io.eventbackbone.operator.reconcile;

import java.util.regex.Pattern;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;

/**
 * Tells {@link Power} of every write to AWS. The SDK finds it by a file in its handlers' folder.
 */
public final class PowerInterceptor implements ExecutionInterceptor {

  private static final Pattern READ = Pattern.compile("(Describe|List|Get|AssumeRole).*");

  @Override
  public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
    if (isWrite(attributes)) {
      Power.ofThread().before(operation(attributes));
    }
  }

  @Override
  public void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
    if (isWrite(attributes)) {
      Power.ofThread().after();
    }
  }

  private static boolean isWrite(ExecutionAttributes attributes) {
    return !READ.matcher(operation(attributes)).matches();
  }

  private static String operation(ExecutionAttributes attributes) {
    return attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME);
  }
}
