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

/** Who may have sent an event: never the receiver itself. */
public sealed interface SenderClause {

  /** Everyone but the receiver. */
  record EveryoneBut(SenderMatch match, String receiver) implements SenderClause {
    @Override
    public ArrayNode values() {
      ArrayNode values = JsonNodeFactory.instance.arrayNode();
      values.addObject().putArray("anything-but").add(receiver);
      return values;
    }
  }

  /** Some. */
  record Only(SenderMatch match, SortedSet<String> senders) implements SenderClause {
    @Override
    public ArrayNode values() {
      ArrayNode values = JsonNodeFactory.instance.arrayNode();
      senders.forEach(values::add);
      return values;
    }
  }

  SenderMatch match();

  /** What the sender's field may be. */
  ArrayNode values();

  /** The clause of a route to one receiver, unless it leaves nobody. */
  static Optional<SenderClause> of(SenderMatch match, Producers producers, Receiver receiver) {
    String self = receiver.sender(match);
    if (!(producers instanceof Producers.Only only)) {
      return Optional.of(new EveryoneBut(match, self));
    }
    SortedSet<String> senders = senders(match, only);
    senders.remove(self);
    return senders.isEmpty() ? Optional.empty() : Optional.of(new Only(match, senders));
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
   * Only those of its senders.
   *
   * @param values its own, or the texts of whom it admits
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

  /** Whom either admits, if one clause can say it. */
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

  /** Whether it admits everyone whom the other admits. */
  default boolean covers(SenderClause other) {
    return or(other).filter(this::equals).isPresent();
  }
}
