package io.eventbackbone.api.v1alpha1;

import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/** A service account's local bus and the rule on the global bus that forwards to it. */
@Group("eventbackbone.io")
@Version("v1alpha1")
@Kind("ServiceAccountBus")
@Plural("serviceaccountbuses")
@ShortNames("svcbus")
@Categories("backbone")
@AdditionalPrinterColumn(
    name = "Identifier",
    jsonPath = ".status.identifier",
    type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
    name = "Account",
    jsonPath = ".status.accountId",
    type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
    name = "Ready",
    jsonPath = ".status.conditions[?(@.type==\"Ready\")].status",
    type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
    name = "Reason",
    jsonPath = ".status.conditions[?(@.type==\"Ready\")].reason",
    type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
    name = "Subscriptions",
    jsonPath = ".status.subscriptions.total",
    type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(
    name = "Bus ARN",
    jsonPath = ".status.busArn",
    type = AdditionalPrinterColumn.Type.STRING,
    priority = 1)
@AdditionalPrinterColumn(
    name = "Message",
    jsonPath = ".status.conditions[?(@.type==\"Ready\")].message",
    type = AdditionalPrinterColumn.Type.STRING,
    priority = 1)
@AdditionalPrinterColumn(
    name = "Age",
    jsonPath = ".metadata.creationTimestamp",
    type = AdditionalPrinterColumn.Type.DATE)
@ValidationRule(
    value = "has(self.spec.identifier) || self.metadata.name.size() <= 56",
    message =
        "a name of more than 56 characters needs spec.identifier: it becomes part of a rule's name")
@ValidationRule(value = NameRules.FITS, message = NameRules.FITS_MESSAGE, optionalOldSelf = true)
@ValidationRule(
    value = NameRules.PUBLISHES,
    message = NameRules.PUBLISHES_MESSAGE,
    optionalOldSelf = true)
public final class ServiceAccountBus
    extends BackboneResource<ServiceAccountBusSpec, ServiceAccountBusStatus> implements Namespaced {

  private static final long serialVersionUID = 1L;

  @Override
  protected ServiceAccountBusStatus initStatus() {
    return ServiceAccountBusStatus.unknown();
  }
}
