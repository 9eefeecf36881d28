package io.eventbackbone.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventbackbone.api.v1alpha1.AwsAccount;
import io.eventbackbone.api.v1alpha1.EventBackbone;
import io.eventbackbone.api.v1alpha1.EventRoute;
import io.eventbackbone.api.v1alpha1.ServiceAccountBus;
import io.fabric8.kubernetes.client.CustomResource;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.Rule;
import software.amazon.awssdk.services.eventbridge.model.Target;

/** An upgrade from a version whose rules forwarded to up to five buses each. */
class FormerPacksIT {

  private static final String[] OWN_RULES = {"globalToDeliveryService", "globalToOrderService"};

  @AutoClose private final Simulation simulation = new Simulation(Simulation.ECOMMERCE);

  @BeforeEach
  void packed() {
    simulation.settle();
    FormerVersion.pack(simulation);
    assertThat(forwardingRules()).containsExactly(FormerVersion.PACK);
  }

  @Test
  void eachBusGetsARuleOfItsOwnAndThePackGoes() {
    simulation.settleWithoutChecks();
    assertThat(forwardingRules()).containsExactly(OWN_RULES);
    allReady();
    assertThat(backbone()).doesNotContain("othersRules").contains("\"rules\":{\"used\":4");
    assertThat(logRule()).isEqualTo("{\"source\":[{\"prefix\":\"\"}]}");
  }

  @Test
  void statusesThatAreLostMakeNoDifference() {
    simulation.cluster().objects().stream()
        .filter(CustomResource.class::isInstance)
        .forEach(it -> ((CustomResource<?, ?>) it).setStatus(null));
    simulation.settle();
    assertThat(forwardingRules()).containsExactly(OWN_RULES);
    allReady();
  }

  @Test
  void aBusWithoutRoomForItsRuleStaysInThePackAndSaysWhatToDo() {
    quota(3);
    assertThat(forwardingRules()).containsExactly(FormerVersion.PACK);
    assertThat(targets()).hasSize(2);
    assertThat(simulation.readiness(ServiceAccountBus.class, "orders"))
        .isEqualTo("False QuotaExceeded");
    assertThat(simulation.kubernetes().get("ServiceAccountBus orders/orders"))
        .contains("3 of the 3 rules", "Number of rules", "a second EventBackbone")
        .contains("rule/global-bus/" + FormerVersion.PACK);

    quota(5);
    assertThat(forwardingRules()).containsExactly(OWN_RULES);
    allReady();
  }

  @Test
  void aBusWhoseRoutesAreRefusedKeepsThePack() {
    simulation.edit(EventRoute.class, "fan-out", "{spec: {filter: {pattern: {account: ['1']}}}}");
    simulation.settle();
    assertThat(forwardingRules()).contains(FormerVersion.PACK);
    assertThat(simulation.readiness(ServiceAccountBus.class, "orders"))
        .isEqualTo("False RouteRefused");

    simulation.edit(EventRoute.class, "fan-out", "{spec: {filter: null}}");
    simulation.settle();
    assertThat(forwardingRules()).containsExactly(OWN_RULES);
    allReady();
  }

  @Test
  void aRuleOfOthersStaysWhateverItsName() {
    global()
        .putRule(it ->
            it.eventBusName("global-bus")
                .name("globalTo-pack-2")
                .eventPattern("{\"source\":[\"theirs\"]}"));
    simulation.settle();
    assertThat(forwardingRules())
        .containsExactly("globalTo-pack-2", "globalToDeliveryService", "globalToOrderService");
    assertThat(backbone()).contains("\"othersRules\":1");
    allReady();
  }

  @Test
  void aBusWhoseAdmissionEndsHoldsUpNoPack() {
    simulation.edit(AwsAccount.class, "orders", "{spec: {allowedNamespaces: {from: None}}}");
    simulation.settle();
    assertThat(forwardingRules()).containsExactly("globalToDeliveryService");
  }

  @Test
  void packsGoWithABackboneThatIsRetained() {
    simulation.edit(EventBackbone.class, "main", "{spec: {deletionPolicy: Retain}}");
    simulation.deleteEcommerce();
    simulation.settle();
    assertThat(simulation.cluster().objects()).noneMatch(EventBackbone.class::isInstance);
    assertThat(forwardingRules()).doesNotContain(FormerVersion.PACK);
  }

  private void quota(int rules) {
    simulation.edit(
        AwsAccount.class, "backbone", "{spec: {quotas: {rulesPerEventBus: %d}}}".formatted(rules));
    simulation.settle();
  }

  private void allReady() {
    assertThat(simulation.cluster().objects())
        .filteredOn(CustomResource.class::isInstance)
        .allSatisfy(it -> assertThat(Simulation.readiness(it)).isEqualTo("True Ready"));
  }

  private String backbone() {
    return simulation.kubernetes().get("EventBackbone platform/main");
  }

  private EventBridgeClient global() {
    return Account.of(simulation.aws(), "111111111111").events();
  }

  private List<String> forwardingRules() {
    return global()
        .listRules(it -> it.eventBusName("global-bus").namePrefix("globalTo"))
        .rules()
        .stream()
        .map(Rule::name)
        .sorted()
        .toList();
  }

  private List<Target> targets() {
    return global()
        .listTargetsByRule(it -> it.eventBusName("global-bus").rule(FormerVersion.PACK))
        .targets();
  }

  private String logRule() {
    return Account.of(simulation.aws(), "222222222222")
        .events()
        .describeRule(it -> it.eventBusName("local-bus-order-service").name("local-logging"))
        .eventPattern();
  }
}
