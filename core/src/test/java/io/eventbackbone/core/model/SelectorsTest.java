package io.eventbackbone.core.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventbackbone.api.v1alpha1.AwsAccount;
import io.eventbackbone.api.v1alpha1.EventBackbone;
import io.eventbackbone.api.v1alpha1.EventRoute;
import io.eventbackbone.api.v1alpha1.EventSubscription;
import io.eventbackbone.api.v1alpha1.ServiceAccountBus;
import io.eventbackbone.core.model.Admission.Admitted;
import io.eventbackbone.core.model.Admission.Refused;
import io.eventbackbone.core.routing.Forwarding;
import io.eventbackbone.core.routing.Routing;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class SelectorsTest {

  private static final String LABELS = "{tier: core, x.io/a: ''}";

  static Stream<String> valid() {
    return SelectorCases.VALID.stream();
  }

  static Stream<String> invalid() {
    return SelectorCases.INVALID.stream();
  }

  @ParameterizedTest
  @MethodSource
  void valid(String selector) {
    assertThat(SelectorCases.objectsWith(selector).map(Cluster::read))
        .allSatisfy(
            object -> assertThat(SpecCheck.selectorsOf(object)).isInstanceOf(Admitted.class));
    assertThat(granted("Selector, selector: " + selector, "Selected, busSelector: " + selector))
        .containsExactly("account", "backbone", "bus", "receiver", "producer");
  }

  @ParameterizedTest
  @MethodSource
  void invalid(String selector) {
    assertThat(SelectorCases.objectsWith(selector).map(Cluster::read))
        .allSatisfy(SelectorsTest::assertRefused);
    assertThat(granted("Selector, selector: " + selector, "Selected, busSelector: " + selector))
        .isEmpty();
  }

  /** As an object can be stored that no schema has checked. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Selector                                  | Selected
          Selector, selector: null                  | Selected, busSelector: null
          Selector, selector: {matchLabels: null}   | Selected, busSelector: {matchExpressions: null}
          All, selector: {matchLabels: {tier: core}}| All, busSelector: {matchLabels: {tier: core}}
          """)
  void aSelectorThatIsMissingOrBesideAllSelectsNothing(String from, String type) {
    assertThat(granted(from, type)).isEmpty();
  }

  /** What a namespace that nobody has seen yet lacks, nobody knows. */
  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = "{key: edge, operator: DoesNotExist}")
  void anUnknownNamespaceIsAdmittedByNoSelector(String requirement) {
    String spec = "Selector, selector: {matchExpressions: [%s]}".formatted(requirement);
    Cluster cluster = cluster(spec, "Selected");
    cluster.remove(Cluster.read("{apiVersion: v1, kind: Namespace, metadata: {name: tenant}}"));
    assertThat(
            new Admissions(cluster)
                .isAdmitted(
                    cluster.get(ServiceAccountBus.class, "b"), cluster.get(AwsAccount.class, "a")))
        .isFalse();
  }

  private static void assertRefused(HasMetadata object) {
    assertThat(SpecCheck.selectorsOf(object))
        .isInstanceOfSatisfying(
            Refused.class,
            refused -> {
              assertThat(refused.reason()).isEqualTo(Reason.INVALID_SELECTOR);
              assertThat(refused.message())
                  .startsWith("spec.")
                  .containsAnyOf(
                      "allowedNamespaces.selector",
                      "allowedBuses.selector",
                      "allowedSubscriptions.selector",
                      "archive.allowedReplays.selector",
                      "spec.busSelector",
                      "from.busSelector",
                      "to.busSelector");
            });
  }

  /** Which fields let something in: a bus of a namespace, both with labels that match. */
  private static List<String> granted(String from, String type) {
    Cluster cluster = cluster(from, type);
    Admissions admissions = new Admissions(cluster);
    ServiceAccountBus bus = cluster.get(ServiceAccountBus.class, "b");
    EventRoute toSelected = cluster.get(EventRoute.class, "to");
    return Stream.of(
            admissions.isAdmitted(bus, cluster.get(AwsAccount.class, "a")) ? "account" : "",
            admissions.isAdmitted(bus, cluster.get(EventBackbone.class, "m")) ? "backbone" : "",
            admissions.isAdmitted(
                    cluster.get(EventSubscription.class, "s"),
                    cluster.get(ServiceAccountBus.class, "home"))
                ? "bus"
                : "",
            Routing.reaches(toSelected, bus) ? "receiver" : "",
            isForwardedFromSelected(cluster) ? "producer" : "")
        .filter(it -> !it.isEmpty())
        .toList();
  }

  private static boolean isForwardedFromSelected(Cluster cluster) {
    AdmittedBus receiver =
        new Admissions(cluster)
            .bus(cluster.get(ServiceAccountBus.class, "receiver"))
            .admitted()
            .orElseThrow();
    return new Routing(cluster).to(receiver).forwarding() instanceof Forwarding.Rule;
  }

  private static Cluster cluster(String from, String type) {
    return Cluster.of(
        """
        {apiVersion: v1, kind: Namespace, metadata: {name: tenant, labels: %1$s}}
        ---
        apiVersion: eventbackbone.io/v1alpha1
        kind: AwsAccount
        metadata: {name: a}
        spec: {accountId: "111111111111", allowedNamespaces: {from: %2$s}}
        ---
        apiVersion: eventbackbone.io/v1alpha1
        kind: AwsAccount
        metadata: {name: open}
        spec: {accountId: "222222222222", allowedNamespaces: {from: All}}
        ---
        apiVersion: eventbackbone.io/v1alpha1
        kind: EventBackbone
        metadata: {name: m, namespace: platform}
        spec: {accountRef: {name: open}, region: eu-west-1, allowedBuses: {from: %2$s}}
        ---
        apiVersion: eventbackbone.io/v1alpha1
        kind: EventBackbone
        metadata: {name: open, namespace: platform}
        spec: {accountRef: {name: open}, region: eu-west-1, allowedBuses: {from: All}}
        ---
        apiVersion: eventbackbone.io/v1alpha1
        kind: ServiceAccountBus
        metadata: {name: home, namespace: platform}
        spec: {backboneRef: {name: m}, accountRef: {name: open}, allowedSubscriptions: {from: %2$s}}
        ---
        apiVersion: eventbackbone.io/v1alpha1
        kind: ServiceAccountBus
        metadata: {name: b, namespace: tenant, labels: %1$s}
        spec: {backboneRef: {name: open, namespace: platform}, accountRef: {name: open}}
        ---
        apiVersion: eventbackbone.io/v1alpha1
        kind: ServiceAccountBus
        metadata: {name: receiver, namespace: platform}
        spec: {backboneRef: {name: open}, accountRef: {name: open}}
        ---
        apiVersion: eventbackbone.io/v1alpha1
        kind: EventRoute
        metadata: {name: to, namespace: platform}
        spec: {backboneRef: {name: m}, to: {type: %4$s}}
        ---
        apiVersion: eventbackbone.io/v1alpha1
        kind: EventRoute
        metadata: {name: from, namespace: platform}
        spec: {backboneRef: {name: open}, senderMatch: Source, from: {type: %3$s}}
        ---
        apiVersion: eventbackbone.io/v1alpha1
        kind: EventSubscription
        metadata: {name: s, namespace: tenant}
        spec: {busRef: {name: home, namespace: platform}, filter: {detailTypes: [A.B]}}
        """
            .formatted(LABELS, from, type, type.replace("All,", "AllExceptSender,")));
  }
}
