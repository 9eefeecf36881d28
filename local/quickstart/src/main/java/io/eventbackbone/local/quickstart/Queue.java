package io.eventbackbone.local.quickstart;

import io.eventbackbone.api.v1alpha1.EventSubscription;
import io.eventbackbone.api.v1alpha1.ServiceAccountBus;
import java.util.List;
import software.amazon.awssdk.arns.Arn;

/**
 * The SQS queue of a subscription.
 *
 * @param service the service that receives from it
 * @param detailTypes what it subscribes to
 */
record Queue(String name, String account, String service, List<String> detailTypes) {

  static Queue of(EventSubscription subscription, ServiceAccountBus bus) {
    Arn arn = Arn.fromString(subscription.getStatus().queueArn());
    return new Queue(
        arn.resourceAsString(),
        arn.accountId().orElseThrow(),
        bus.getStatus().identifier(),
        subscription.getSpec().filter().detailTypes());
  }
}
