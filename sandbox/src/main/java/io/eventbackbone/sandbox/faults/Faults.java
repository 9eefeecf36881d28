package io.eventbackbone.sandbox.faults;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventbackbone.sandbox.api.AwsService;
import io.eventbackbone.sandbox.api.Call;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/**
 * The faults that strike now; of several at one call, the one that was injected last comes first.
 */
public final class Faults {

  private final List<InjectedFault> injected = new CopyOnWriteArrayList<>();
  private final Clock clock;

  public Faults(Clock clock) {
    this.clock = clock;
  }

  /** Strikes until the answer is closed. */
  public InjectedFault inject(Fault fault) {
    InjectedFault added = new InjectedFault(fault, this, clock);
    injected.add(added);
    return added;
  }

  void lift(InjectedFault fault) {
    injected.remove(fault);
  }

  /** Hands a call through the faults to its service. */
  public ObjectNode around(AwsService service, Call call) {
    Function<Call, ObjectNode> through = service::handle;
    for (InjectedFault fault : injected) {
      Function<Call, ObjectNode> inner = through;
      through = it -> fault.around(service, it, inner);
    }
    return through.apply(call);
  }
}
