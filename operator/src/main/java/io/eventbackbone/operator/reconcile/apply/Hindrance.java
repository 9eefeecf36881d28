package io.eventbackbone.operator.reconcile.apply;

import io.eventbackbone.core.model.Reason;
import io.eventbackbone.operator.cluster.Conditions;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Why AWS has nothing of an admitted object, or not all that its spec asks for. */
public record Hindrance(Reason reason, String message) {

  /** One reason for which an object may have to wait, or lack something. */
  public interface Gate<T> extends Function<T, Optional<Hindrance>> {}

  /** The hindrance by the first gate that is shut. */
  public static <T> Optional<Hindrance> first(List<Gate<T>> gates, T object) {
    return gates.stream().flatMap(gate -> gate.apply(object).stream()).findFirst();
  }

  public static Hindrance ofAccount(String unready) {
    return new Hindrance(Reason.ACCOUNT_NOT_READY, unready);
  }

  public void in(Conditions conditions) {
    conditions.no(Conditions.PROGRAMMED, reason, message);
  }
}
