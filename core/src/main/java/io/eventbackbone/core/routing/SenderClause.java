package io.eventbackbone.core.routing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.eventbackbone.api.v1alpha1.EventRouteSpec.SenderMatch;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The senders whose events a rule forwards. The receiver is never one of them. */
public sealed interface SenderClause {

  /** Every sender except the receiver. */
  record EveryoneBut(SenderMatch match, String receiver) implements SenderClause {
    @Override
    public ArrayNode values() {
      ArrayNode values = JsonNodeFactory.instance.arrayNode();
      values.addObject().putArray("anything-but").add(receiver);
      return values;
    }
  }

  /** The listed senders. */
  record Only(SenderMatch match, SortedSet<String> senders) implements SenderClause {
    @Override
    public ArrayNode values() {
      ArrayNode values = JsonNodeFactory.instance.arrayNode();
      senders.forEach(values::add);
      return values;
    }
  }

  SenderMatch match();

  /** The values of the sender's field in the event pattern. */
  ArrayNode values();

  /** The clause of a route to one receiver. Empty: no sender is left. */
  static Optional<SenderClause> of(SenderMatch match, Producers producers, Receiver receiver) {
    String self = receiver.sender(match);
    return switch (producers) {
      case Producers.Everyone everyone -> Optional.of(new EveryoneBut(match, self));
      case Producers.Only only -> {
        SortedSet<String> senders = senders(match, only);
        senders.remove(self);
        yield senders.isEmpty() ? Optional.empty() : Optional.of(new Only(match, senders));
      }
    };
  }

  private static SortedSet<String> senders(SenderMatch match, Producers.Only only) {
    Function<Producer, String> sender =
        switch (match) {
          case ACCOUNT -> Producer::accountId;
          case SOURCE -> Producer::identifier;
        };
    return only.producers().stream().map(sender).collect(Collectors.toCollection(TreeSet::new));
  }

  /**
   * This clause with fewer senders.
   *
   * @param values the values of this clause, or the names of some of its senders
   */
  default SenderClause narrowedTo(JsonNode values) {
    return values.equals(values())
        ? this
        : new Only(
            match(),
            values
                .valueStream()
                .map(JsonNode::textValue)
                .collect(Collectors.toCollection(TreeSet::new)));
  }

  /** The senders of both clauses. Empty: one clause can't express them. */
  default Optional<SenderClause> or(SenderClause other) {
    if (match() != other.match()) {
      return Optional.empty();
    }
    if (this instanceof Only mine && other instanceof Only others) {
      SortedSet<String> both = new TreeSet<>(mine.senders());
      both.addAll(others.senders());
      return Optional.of(new Only(match(), both));
    }
    return Optional.of(this instanceof Only ? other : this);
  }

  /** Whether this clause has every sender of the other. */
  default boolean covers(SenderClause other) {
    return or(other).filter(this::equals).isPresent();
  }
}
