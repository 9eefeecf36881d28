package io.eventbackbone.core.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventbackbone.api.v1alpha1.AwsAccount;
import io.eventbackbone.api.v1alpha1.EventBackbone;
import io.eventbackbone.api.v1alpha1.EventSubscription;
import io.eventbackbone.api.v1alpha1.ServiceAccountBus;
import io.eventbackbone.core.model.Admission.Admitted;
import io.eventbackbone.core.quota.PolicyBudget;
import io.eventbackbone.core.routing.Forwarding;
import io.eventbackbone.core.routing.Routing;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What is absent, empty or null never widens what somebody may do or receive. Each case leaves out
 * or empties one field; whoever had something by the field loses it, and nobody gets anything that
 * the field written out does not give. Selectors have tables of their own ({@link SelectorsTest}).
 */
class AbsenceTest {

  /** Field → as it is written out, by which the tenant has all that there is to have. */
  private static final Map<String, String> WRITTEN_OUT =
      Map.of(
          "allowedNamespaces", "{from: All}",
          "allowedBuses", "{from: All}",
          "allowedSubscriptions", "{from: All}",
          "publishers", "{mode: Accounts}",
          "routeFilter", "{detailTypes: [Order.Created]}",
          "subscriptionFilter", "{detailTypes: [Order.Created]}");

  private static final Set<String> EVERYTHING =
      Set.of(
          "the account admits the tenant",
          "the backbone admits the tenant",
          "the platform's bus admits the tenant",
          "the tenant's account publishes",
          "the tenant's bus receives what was asked for",
          "the tenant's subscription receives what was asked for");

  @Test
  void whoIsWrittenOutHasItAll() {
    assertThat(grants(Map.of())).isEqualTo(EVERYTHING);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          allowedNamespaces    | null                                  | the account admits the tenant
          allowedNamespaces    | {}                                    | the account admits the tenant
          allowedNamespaces    | {from: null}                          | the account admits the tenant
          allowedNamespaces    | {from: Selector}                      | the account admits the tenant
          allowedNamespaces    | {selector: {matchLabels: {a: b}}}     | the account admits the tenant
          allowedBuses         | null                                  | the backbone admits the tenant
          allowedBuses         | {}                                    | the backbone admits the tenant
          allowedBuses         | {from: null}                          | the backbone admits the tenant
          allowedBuses         | {from: Selector}                      | the backbone admits the tenant
          allowedBuses         | {selector: {matchLabels: {a: b}}}     | the backbone admits the tenant
          allowedSubscriptions | null                                  | the platform's bus admits the tenant
          allowedSubscriptions | {}                                    | the platform's bus admits the tenant
          allowedSubscriptions | {from: null}                          | the platform's bus admits the tenant
          allowedSubscriptions | {from: Selector}                      | the platform's bus admits the tenant
          allowedSubscriptions | {selector: {matchLabels: {a: b}}}     | the platform's bus admits the tenant
          publishers           | null                                  |
          publishers           | {}                                    |
          publishers           | {mode: null}                          |
          publishers           | {mode: Organization}                  |
          publishers           | {organizationId: o-abcdefghij}        |
          routeFilter          | {}                                    | the tenant's bus receives what was asked for
          routeFilter          | {detailTypes: []}                     | the tenant's bus receives what was asked for
          routeFilter          | {pattern: {}}                         | the tenant's bus receives what was asked for
          routeFilter          | {detailTypes: null, pattern: null}    | the tenant's bus receives what was asked for
          routeFilter          | {detailTypes: [A.B], pattern: {}}     | the tenant's bus receives what was asked for
          routeFilter          | {detailTypes: [], pattern: {id: [a]}} | the tenant's bus receives what was asked for
          subscriptionFilter   | null                                  | the tenant's subscription receives what was asked for
          subscriptionFilter   | {}                                    | the tenant's subscription receives what was asked for
          subscriptionFilter   | {detailTypes: []}                     | the tenant's subscription receives what was asked for
          subscriptionFilter   | {pattern: {}}                         | the tenant's subscription receives what was asked for
          subscriptionFilter   | {detailTypes: null, pattern: null}    | the tenant's subscription receives what was asked for
          subscriptionFilter   | {detailTypes: [A.B], pattern: {}}     | the tenant's subscription receives what was asked for
          """)
  void whatIsLeftOutGivesNothing(String field, String written, String lost) {
    Set<String> left = grants(Map.of(field, written));
    assertThat(EVERYTHING).containsAll(left);
    if (lost != null) {
      assertThat(left).doesNotContain(lost);
    }
  }

  private static Set<String> grants(Map<String, String> changes) {
    Map<String, String> fields = new TreeMap<>(WRITTEN_OUT);
    fields.putAll(changes);
    Cluster cluster = cluster(fields);
    Admissions admissions = new Admissions(cluster);
    ServiceAccountBus bus = cluster.get(ServiceAccountBus.class, "tenants");
    EventBackbone backbone = cluster.get(EventBackbone.class, "main");
    EventSubscription subscription = cluster.get(EventSubscription.class, "of-tenant");
    Set<String> grants = new TreeSet<>();
    if (admissions.isAdmitted(bus, cluster.get(AwsAccount.class, "tenant"))) {
      grants.add("the account admits the tenant");
    }
    if (admissions.isAdmitted(bus, backbone)) {
      grants.add("the backbone admits the tenant");
    }
    if (admissions.isAdmitted(subscription, cluster.get(ServiceAccountBus.class, "platforms"))) {
      grants.add("the platform's bus admits the tenant");
    }
    grants.addAll(publishers(cluster, admissions));
    grants.addAll(received(cluster, admissions));
    if (SpecCheck.formOf(subscription) instanceof Admitted) {
      grants.add("the tenant's subscription receives what was asked for");
    }
    return grants;
  }

  /** Principals of the global bus's policy besides those of the buses that joined are told. */
  private static Set<String> publishers(Cluster cluster, Admissions admissions) {
    AdmittedBackbone backbone =
        admissions.backbone(cluster.get(EventBackbone.class, "main")).admitted().orElseThrow();
    List<AdmittedBus> buses = admissions.busesOf(backbone);
    String policy = PolicyBudget.of(backbone, buses).policy().toString();
    assertThat(policy).doesNotContain("\"*\"", "PrincipalOrgID");
    return policy.contains("222222222222") ? Set.of("the tenant's account publishes") : Set.of();
  }

  private static Set<String> received(Cluster cluster, Admissions admissions) {
    return admissions
        .bus(cluster.get(ServiceAccountBus.class, "tenants"))
        .admitted()
        .map(bus -> new Routing(cluster).to(bus).forwarding())
        .filter(Forwarding.Rule.class::isInstance)
        .map(rule -> ((Forwarding.Rule) rule).pattern().toString())
        .map(pattern -> {
          assertThat(pattern).contains("Order.Created");
          return Set.of("the tenant's bus receives what was asked for");
        })
        .orElse(Set.of());
  }

  private static Cluster cluster(Map<String, String> fields) {
    String manifests =
        """
        {apiVersion: v1, kind: Namespace, metadata: {name: tenant, labels: {a: b}}}
        ---
        apiVersion: eventbackbone.io/v1alpha1
        kind: AwsAccount
        metadata: {name: platform}
        spec: {accountId: "111111111111", allowedNamespaces: {from: All}}
        ---
        apiVersion: eventbackbone.io/v1alpha1
        kind: AwsAccount
        metadata: {name: tenant}
        spec: {accountId: "222222222222", allowedNamespaces: $allowedNamespaces}
        status: {callerArn: "arn:aws:sts::222222222222:assumed-role/x/y"}
        ---
        apiVersion: eventbackbone.io/v1alpha1
        kind: EventBackbone
        metadata: {name: main, namespace: platform}
        spec:
          accountRef: {name: platform}
          region: eu-west-1
          allowedBuses: $allowedBuses
          publishers: $publishers
        ---
        apiVersion: eventbackbone.io/v1alpha1
        kind: ServiceAccountBus
        metadata: {name: platforms, namespace: platform}
        spec:
          backboneRef: {name: main}
          accountRef: {name: platform}
          allowedSubscriptions: $allowedSubscriptions
        ---
        apiVersion: eventbackbone.io/v1alpha1
        kind: ServiceAccountBus
        metadata: {name: tenants, namespace: tenant}
        spec: {backboneRef: {name: main, namespace: platform}, accountRef: {name: tenant}}
        ---
        apiVersion: eventbackbone.io/v1alpha1
        kind: EventRoute
        metadata: {name: route, namespace: platform}
        spec: {backboneRef: {name: main}, filter: $routeFilter}
        ---
        apiVersion: eventbackbone.io/v1alpha1
        kind: EventSubscription
        metadata: {name: of-tenant, namespace: tenant}
        spec: {busRef: {name: platforms, namespace: platform}, filter: $subscriptionFilter}
        """;
    String written = manifests;
    for (Map.Entry<String, String> field : fields.entrySet()) {
      written = written.replace("$" + field.getKey(), field.getValue());
    }
    return Cluster.of(written);
  }
}
