package io.eventbackbone.core.catalog;

import io.eventbackbone.core.model.Abbreviation;

/**
 * A filter that names a property which a version of the schema lost.
 *
 * @param property with its path in {@code detail}: {@code data.customer.id}
 * @param subscription the EventSubscription, as messages name it
 * @param change what became of the property, for people
 */
public record PropertyUse(String property, String subscription, String change) {

  /** For people: {@code EventSubscription a/b matches on data.total, which version 2 lacks}. */
  @Override
  public String toString() {
    return Abbreviation.cut("%s matches on %s, which %s".formatted(subscription, property, change));
  }
}
