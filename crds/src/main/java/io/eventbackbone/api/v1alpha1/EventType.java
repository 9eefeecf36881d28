package io.eventbackbone.api.v1alpha1;

import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/** A detail type with the schemas of its data: the contract between producer and consumers. */
@Group("eventbackbone.io")
@Version("v1alpha1")
@Kind("EventType")
@Plural("eventtypes")
@ShortNames("etype")
@Categories("backbone")
@AdditionalPrinterColumn(
    name = "Detail Type",
    jsonPath = ".spec.detailType",
    type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
    name = "Bus",
    jsonPath = ".spec.busRef.name",
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
    name = "Receivers",
    jsonPath = ".status.receivers.total",
    type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(
    name = "Version",
    jsonPath = ".spec.versions[-1:].version",
    type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
    name = "Published",
    jsonPath = ".status.conditions[?(@.type==\"Published\")].status",
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
public final class EventType extends BackboneResource<EventTypeSpec, EventTypeStatus>
    implements Namespaced {

  private static final long serialVersionUID = 1L;

  /**
   * Names properties, separated by commas, that may go or change their type although filters of
   * subscriptions name them: {@code data.total, data.customer.id}. A consumer has no veto for ever.
   */
  public static final String DROP_ANNOTATION = "eventbackbone.io/drop-properties";

  @Override
  protected EventTypeStatus initStatus() {
    return EventTypeStatus.unknown();
  }
}
