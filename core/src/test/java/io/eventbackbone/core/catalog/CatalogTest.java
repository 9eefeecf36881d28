package io.eventbackbone.core.catalog;

import static io.eventbackbone.core.model.Manifests.eventType;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventbackbone.api.v1alpha1.EventSubscription;
import io.eventbackbone.api.v1alpha1.EventType;
import io.eventbackbone.core.model.Admission;
import io.eventbackbone.core.model.Admission.Admitted;
import io.eventbackbone.core.model.Admission.Refused;
import io.eventbackbone.core.model.Admissions;
import io.eventbackbone.core.model.AdmittedType;
import io.eventbackbone.core.model.Cluster;
import io.eventbackbone.core.model.Manifests;
import io.eventbackbone.core.model.Reason;
import io.eventbackbone.core.model.TypeAdmissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CatalogTest {

  private static final String TOTAL_IS_A_NUMBER =
      "{type: object, properties: {total: {type: number}, id: {type: string}}}";

  private static String subscription(String name, String... spec) {
    return Manifests.of(
        "EventSubscription",
        "deliveries/" + name,
        Manifests.with(spec, "busRef: {name: deliveries}"));
  }

  private static EventType read(String manifest) {
    return (EventType) Cluster.read(manifest);
  }

  private static AdmittedType admitted(Cluster cluster, EventType type) {
    Admission<AdmittedType> admission = new TypeAdmissions(cluster).type(type);
    return admission.admitted().orElseThrow(() -> new AssertionError(admission));
  }

  private static AdmittedType admitted(Cluster cluster, String name) {
    return admitted(cluster, cluster.get(EventType.class, name));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a schema of the subset | orders/a   | Order.Created | {type: object}              | -
          no bus                 | nowhere/a  | Order.Created | {type: object}              | REFERENCE_NOT_FOUND: spec.busRef: ServiceAccountBus nowhere/orders
          not conventional       | orders/a   | order-created | {type: object}              | INVALID_DETAIL_TYPE: spec.detailType: "order-created" is not a detail type
          a bad schema           | orders/a   | Order.Created | {type: object, minimum: 1}  | INVALID_SCHEMA: spec.versions[0].schema/minimum:
          another's detail type  | orders/a   | Order.Updated | {type: object}              | DETAIL_TYPE_CONFLICT: detail type Order.Updated is already that of EventType orders/updated
          """)
  void anEventTypeIsAdmittedOrToldWhyNot(
      String what, String name, String detailType, String schema, String refusal) {
    Cluster cluster =
        Cluster.of(
            Cluster.ECOMMERCE,
            "{apiVersion: v1, kind: Namespace, metadata: {name: nowhere}}\n---\n",
            eventType("orders/updated", "Order.Updated", "{type: object}"),
            eventType(name, detailType, schema));

    assertThat(told(new TypeAdmissions(cluster).type(cluster.get(EventType.class, "a"))))
        .startsWith(refusal);
  }

  private static Admission<EventType> compatible(AdmittedType type) {
    return Catalog.compatible(type.resource(), type.versions());
  }

  private static String told(Admission<?> admission) {
    return admission instanceof Refused<?> refused
        ? refused.reason() + ": " + refused.message()
        : "-";
  }

  @Test
  void aDetailTypeOfAnotherBackboneIsAnother() {
    Cluster cluster =
        Cluster.of(
            Cluster.ECOMMERCE,
            Manifests.of(
                "EventBackbone",
                "event-platform/second",
                "accountRef: {name: backbone}",
                "region: eu-west-1",
                "busName: second-bus",
                "allowedBuses: {from: All}"),
            Manifests.of(
                "ServiceAccountBus",
                "deliveries/orders",
                "backboneRef: {name: second, namespace: event-platform}",
                "accountRef: {name: deliveries}"),
            eventType("deliveries/older", "Order.Created", "{type: object}"),
            eventType("orders/a", "Order.Created", "{type: object}"));

    assertThat(told(new TypeAdmissions(cluster).type(cluster.get(EventType.class, "a"))))
        .isEqualTo("-");
  }

  @Test
  void anIncompatibleVersionIsToldWithItsWitness() {
    Cluster cluster =
        Cluster.of(
            Cluster.ECOMMERCE,
            eventType(
                "orders/a",
                "Order.Created",
                TOTAL_IS_A_NUMBER,
                "{type: object, properties: {total: {type: string}}}"));

    assertThat(told(compatible(admitted(cluster, "a"))))
        .startsWith(
            "INCOMPATIBLE: spec.compatibility is Full: version 1 accepts {\"total\":0.5}, and"
                + " version 2 refuses it; version 2 accepts {\"total\":\"text 0\"}");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          its own detail type   | filter: {detailTypes: [Order.Created]}                                                  | true
          another's             | filter: {detailTypes: [Order.Updated]}                                                  | false
          a prefix              | filter: {pattern: {detail-type: [{prefix: Order.}]}}                                    | true
          another prefix        | filter: {pattern: {detail-type: [{prefix: Delivery.}]}}                                 | false
          data alone            | filter: {pattern: {detail: {data: {total: [{numeric: [">", 5]}]}}}}                     | true
          one of alternatives   | filter: {pattern: {$or: [{detail-type: [Order.Updated]}, {detail: {data: {total: [1]}}}]}}          | true
          none of alternatives  | filter: {pattern: {$or: [{detail-type: [A.B]}, {source: [x]}]}}                         | false
          the producer's Source | filter: {pattern: {source: [order-service], detail: {data: {id: [x]}}}}                 | true
          an invalid filter     | filter: {pattern: {detail-type: []}}                                                    | false
          """)
  void aSubscriptionReceivesWhatItsFilterMayPass(String what, String filter, boolean receives) {
    Cluster cluster =
        Cluster.of(
            Cluster.ECOMMERCE.replace("new-orders", "replaced"),
            subscription("replaced", filter),
            eventType("orders/a", "Order.Created", "{type: object}"));

    assertThat(new Catalog(cluster).receivers(admitted(cluster, "a"))).hasSize(receives ? 1 : 0);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          to other buses         | to: {type: Selected, busSelector: {matchLabels: {tier: core}}}       | false
          of other producers     | from: {type: Selected, busSelector: {matchLabels: {tier: none}}}     | false
          of this producer       | from: {type: Selected, busSelector: {matchLabels: {tier: core}}}     | true
          of other types         | filter: {detailTypes: [Order.Updated]}                               | false
          by Source              | senderMatch: Source                                                  | true
          """)
  void aRouteDecidesFirst(String what, String route, boolean receives) {
    Cluster cluster =
        Cluster.of(
            Cluster.ECOMMERCE,
            Manifests.of(
                "EventRoute", "event-platform/fan-out", "backboneRef: {name: main}", route),
            eventType("orders/a", "Order.Created", "{type: object}"));

    assertThat(new Catalog(cluster).receivers(admitted(cluster, "a"))).hasSize(receives ? 1 : 0);
  }

  @Test
  void theProducerDoesNotReceiveItsOwnEvents() {
    Cluster cluster =
        Cluster.of(
            Cluster.ECOMMERCE,
            Manifests.of(
                "EventSubscription",
                "orders/own",
                "busRef: {name: orders}",
                "filter: {detailTypes: [Order.Created]}"),
            eventType("orders/a", "Order.Created", "{type: object}"));

    assertThat(new Catalog(cluster).receivers(admitted(cluster, "a")))
        .extracting(it -> Admissions.describe(it.resource()))
        .containsExactly("EventSubscription deliveries/new-orders");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          the property goes      | {type: object, properties: {id: {type: string}}}                                      | '' | EventSubscription deliveries/big matches on data.total, which version 2 does not have
          its type changes       | {type: object, properties: {total: {type: string}, id: {type: string}}}               | '' | which was of type number and is of type string in version 2
          another one goes       | {type: object, properties: {total: {type: number}}}                                   | '' | -
          its type widens        | {type: object, properties: {total: {type: [number, string]}}}                         | '' | -
          integers remain        | {type: object, properties: {total: {type: integer}}}                                  | '' | -
          the annotation lets go | {type: object}                                                                        | data.id, data.total | -
          and names another      | {type: object}                                                                        | data.id | matches on data.total
          """)
  void aPropertyThatAFilterNamesStays(
      String what, String schema, String annotation, String refusal) {
    Cluster cluster =
        Cluster.of(
            Cluster.ECOMMERCE,
            subscription(
                "big",
                "filter: {detailTypes: [Order.Created], pattern: {detail: {data: {total:"
                    + " [{numeric: [\">\", 5]}]}}}}"),
            eventType("orders/a", "Order.Created", TOTAL_IS_A_NUMBER));
    EventType after = read(eventType("orders/a", "Order.Created", TOTAL_IS_A_NUMBER, schema));
    after.getMetadata().setAnnotations(Map.of(EventType.DROP_ANNOTATION, annotation));
    AdmittedType admitted = admitted(cluster, after);

    String told = told(new Catalog(cluster).replacement(admitted));

    assertThat(told).contains(refusal);
    if (!refusal.equals("-")) {
      assertThat(told).startsWith("PROPERTY_IN_USE").contains(EventType.DROP_ANNOTATION);
    }
  }

  /** A filter of yesterday's property can't make the event type of another team fail. */
  @Test
  void aLostPropertyIsToldAndHoldsUpNobody() {
    Cluster cluster =
        Cluster.of(
            Cluster.ECOMMERCE,
            eventType("orders/a", "Order.Created", TOTAL_IS_A_NUMBER, "{type: object}"),
            subscription(
                "late",
                "filter: {detailTypes: [Order.Created], pattern: {detail: {data: {total: [5]}}}}"));
    AdmittedType type = admitted(cluster, "a");

    assertThat(Catalog.lostProperties(type, new Catalog(cluster).receivers(type)))
        .singleElement()
        .hasToString(
            "EventSubscription deliveries/late matches on data.total, which version 2 does not"
                + " have");
    assertThat(told(compatible(type))).isEqualTo("-");
    assertThat(told(new Catalog(cluster).replacement(type))).isEqualTo("-");
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Allow  | {detailTypes: [Order.Created]} | []
          Allow  | {detailTypes: [Order.Creatd]}  | []
          Warn   | {detailTypes: [Order.Creatd]}  | [detailTypes[0]: no EventType of the backbone has detail type Order.Creatd: did you mean Order.Created? (EventBackbone's spec.conventions.unknownTypes)]
          Warn   | {pattern: {detail-type: [{prefix: X}]}} | []
          Refuse | {detailTypes: [Order.Created]} | []
          Refuse | {detailTypes: [Order.Created, Stock.Counted]} | UNKNOWN_DETAIL_TYPE: spec.filter: detailTypes[1]: no EventType of the backbone has detail type Stock.Counted (EventBackbone's spec.conventions.unknownTypes)
          Refuse | {pattern: {detail-type: [Order.Creatd]}} | UNKNOWN_DETAIL_TYPE: spec.filter: pattern.detail-type[0]: no EventType of the backbone has detail type Order.Creatd: did you mean Order.Created? (EventBackbone's spec.conventions.unknownTypes)
          Warn   | {detailTypes: [Order.Created], pattern: {detail: {data: {totl: [1]}}}} | [pattern.detail.data.totl: no version of Order.Created has data.totl: did you mean data.total?]
          Allow  | {pattern: {detail-type: [Order.Created], detail: {data: {zz: [1]}}}} | [pattern.detail.data.zz: no version of Order.Created has data.zz]
          Allow  | {detailTypes: [Order.Created], pattern: {detail: {data.totl: [1], metadata: {x: [1]}}}} | [pattern.detail."data.totl": no version of Order.Created has data.totl: did you mean data.total?]
          Allow  | {detailTypes: [Order.Created, Other.Type], pattern: {detail: {data: {totl: [1]}}}} | []
          Allow  | {detailTypes: [Order.Created, Old.Type], pattern: {detail: {data: {old: [1], totl: [1]}}}} | [detail type Old.Type is deprecated by EventType orders/old, pattern.detail.data.totl: no version of Order.Created, Old.Type has data.totl: did you mean data.total?]
          Allow  | {pattern: {detail-type: [Order.Created, {prefix: X}], detail: {data: {totl: [1]}}}} | []
          Allow  | {detailTypes: [Broken.Type], pattern: {detail: {data: {totl: [1]}}}} | []
          """)
  void aFilterIsHeldToTheEventTypes(String convention, String filter, String expected) {
    Cluster cluster =
        Cluster.of(
            Cluster.ECOMMERCE,
            eventType("orders/a", "Order.Created", TOTAL_IS_A_NUMBER, "{type: object}"),
            eventType("orders/old", "Old.Type", "{type: object, properties: {old: {}}}")
                .replace("versions:", "deprecated: true\n  versions:"),
            eventType("orders/broken", "Broken.Type", "{type: nothing}"),
            backbone(convention),
            subscription("s", "filter: " + filter));
    EventSubscription subscription = cluster.get(EventSubscription.class, "s");

    Admission<List<String>> admission =
        new Admissions(cluster).subscription(subscription).then(new Catalog(cluster)::filter);

    assertThat(
            switch (admission) {
              case Admitted<List<String>>(List<String> warnings) -> warnings.toString();
              case Refused<List<String>>(Reason reason, String message) -> reason + ": " + message;
            })
        .isEqualTo(expected);
  }

  private static String backbone(String unknownTypes) {
    return Manifests.of(
        "EventBackbone",
        "event-platform/main",
        "accountRef: {name: backbone}",
        "region: eu-west-1",
        "allowedBuses: {from: All}",
        "conventions: {unknownTypes: %s}".formatted(unknownTypes));
  }

  @Test
  void anAnnotationNamesProperties() {
    EventType type = read(eventType("orders/a", "Order.Created", "{type: object}"));
    assertThat(Catalog.dropped(type)).isEmpty();
    type.getMetadata().setAnnotations(Map.of(EventType.DROP_ANNOTATION, " data.a ,,data.b"));
    assertThat(Catalog.dropped(type)).containsExactly("data.a", "data.b");
  }
}
