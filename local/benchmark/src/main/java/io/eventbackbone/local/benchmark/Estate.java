package io.eventbackbone.local.benchmark;

import io.eventbackbone.api.v1alpha1.AwsAccount;
import io.eventbackbone.api.v1alpha1.EventBackbone;
import io.eventbackbone.api.v1alpha1.EventRoute;
import io.eventbackbone.api.v1alpha1.EventSubscription;
import io.eventbackbone.api.v1alpha1.ServiceAccountBus;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;

/**
 * The custom resources that are measured: a backbone in an account of its own, a route from every
 * service account to every other, and of each service account an AwsAccount and a
 * ServiceAccountBus, in its team's namespace.
 *
 * <p>The organization may publish: a policy of 10,240 characters does not hold a thousand accounts.
 */
final class Estate {

  static final String REGION = "eu-west-1";
  static final String BACKBONE_ACCOUNT = "999999999999";
  static final String PLATFORM = "event-platform";
  static final String BACKBONE = "main";
  static final String ROUTE = "fan-out";

  /** A subscription of the first service that asks for one detail type more. */
  static final String CHANGED_SUBSCRIPTION =
      """
      apiVersion: eventbackbone.io/v1alpha1
      kind: EventSubscription
      metadata: {name: subscription-0, namespace: %1$s}
      spec:
        busRef: {name: %1$s}
        filter: {detailTypes: [%2$s, Order.Cancelled]}
      """
          .formatted(name(0), detailType(1));

  /** The route with a filter, which changes the rules of all buses. */
  static final String CHANGED_ROUTE =
      """
      apiVersion: eventbackbone.io/v1alpha1
      kind: EventRoute
      metadata: {name: %s, namespace: %s}
      spec:
        backboneRef: {name: %s}
        filter: {detailTypes: [%s]}
      """
          .formatted(ROUTE, PLATFORM, BACKBONE, detailType(1));

  private static final KubernetesSerialization YAML = new KubernetesSerialization();

  private Estate() {}

  static String accountId(int service) {
    return "2%011d".formatted(service);
  }

  static String name(int service) {
    return "service-%04d".formatted(service);
  }

  static String localBus(int service) {
    return "local-bus-" + name(service);
  }

  static Namespace namespace(String name) {
    return read(
        Namespace.class,
        """
        apiVersion: v1
        kind: Namespace
        metadata: {name: %s}
        """
            .formatted(name));
  }

  static AwsAccount backboneAccount() {
    return account("backbone", BACKBONE_ACCOUNT);
  }

  static AwsAccount account(int service) {
    return account(name(service), accountId(service));
  }

  private static AwsAccount account(String name, String accountId) {
    return read(
        AwsAccount.class,
        """
        apiVersion: eventbackbone.io/v1alpha1
        kind: AwsAccount
        metadata: {name: %1$s}
        spec:
          accountId: "%2$s"
          roleArn: arn:aws:iam::%2$s:role/event-backbone-operator
          allowedNamespaces: {from: All}
        """
            .formatted(name, accountId));
  }

  /** Drift is looked for at long intervals, so that nothing else is measured with what is. */
  static EventBackbone backbone() {
    return read(
        EventBackbone.class,
        """
        apiVersion: eventbackbone.io/v1alpha1
        kind: EventBackbone
        metadata: {name: %s, namespace: %s}
        spec:
          accountRef: {name: backbone}
          region: %s
          allowedBuses: {from: All}
          publishers: {mode: Organization, organizationId: o-a1b2c3d4e5}
          driftCheckInterval: 24h
        """
            .formatted(BACKBONE, PLATFORM, REGION));
  }

  static EventRoute route() {
    return read(
        EventRoute.class,
        """
        apiVersion: eventbackbone.io/v1alpha1
        kind: EventRoute
        metadata: {name: %s, namespace: %s}
        spec:
          backboneRef: {name: %s}
        """
            .formatted(ROUTE, PLATFORM, BACKBONE));
  }

  static ServiceAccountBus bus(int service) {
    return read(
        ServiceAccountBus.class,
        """
        apiVersion: eventbackbone.io/v1alpha1
        kind: ServiceAccountBus
        metadata: {name: %1$s, namespace: %1$s}
        spec:
          backboneRef: {name: %2$s, namespace: %3$s}
          accountRef: {name: %1$s}
        """
            .formatted(name(service), BACKBONE, PLATFORM));
  }

  /** The detail type of what a service publishes. */
  static String detailType(int service) {
    return "Entity%d.Created".formatted(service);
  }

  /** One of three subscriptions of a bus to events of other services; the third has a pattern. */
  static EventSubscription subscription(int service, int number, int services) {
    return read(
        EventSubscription.class,
        """
        apiVersion: eventbackbone.io/v1alpha1
        kind: EventSubscription
        metadata: {name: subscription-%1$d, namespace: %2$s}
        spec:
          busRef: {name: %2$s}
          filter: {detailTypes: [%3$s]%4$s}
        """
            .formatted(
                number,
                name(service),
                detailType((service + number + 1) % services),
                number == 2 ? ", pattern: {detail: {data: {country: [DE]}}}" : ""));
  }

  private static <T extends HasMetadata> T read(Class<T> kind, String manifest) {
    return YAML.unmarshal(manifest, kind);
  }
}
