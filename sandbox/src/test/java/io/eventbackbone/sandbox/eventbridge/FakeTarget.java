package io.eventbackbone.sandbox.eventbridge;

import io.eventbackbone.sandbox.api.EventTarget;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Takes every delivery, unless a test says how a target answers. */
final class FakeTarget implements EventTarget {

  final List<Delivery> deliveries = new ArrayList<>();
  final Map<String, Result> answers = new HashMap<>();

  @Override
  public Result deliver(Delivery delivery) {
    deliveries.add(delivery);
    return answers.getOrDefault(delivery.targetArn(), new Result.Delivered());
  }

  List<Delivery> to(String targetArn) {
    return deliveries.stream().filter(d -> d.targetArn().equals(targetArn)).toList();
  }
}
