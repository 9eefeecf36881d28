package io.eventbackbone.sandbox.eventbridge;

import io.eventbackbone.sandbox.Call;
import io.eventbackbone.sandbox.Principal;

/** A call to EventBridge with its input ready to be read. */
record Request(Call call, Members input) {

  static Request of(Call call) {
    return new Request(call, Members.of(call.input()));
  }

  Principal.Account caller() {
    return call.caller();
  }

  /** The caller's account in the Region called. */
  Home home() {
    return new Home(call.caller().accountId(), call.region());
  }

  /** The bus that {@code EventBusName} means: a name, an ARN, or left out for the default bus. */
  BusId bus() {
    return input
        .text("EventBusName", StringShape.BUS_NAME_OR_ARN)
        .map(name -> BusId.ofNameOrArn(name, home()))
        .orElseGet(() -> new BusId(home(), BusId.DEFAULT));
  }
}
