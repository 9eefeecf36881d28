package io.eventbackbone.sandbox.logs.filter;

import io.eventbackbone.sandbox.api.Json;

/** A condition on the members of a message that is a JSON object: {@code { $.a = "b" }}. */
record JsonPattern(JsonCondition condition) implements FilterPattern {

  static JsonPattern parse(String text) {
    return new JsonPattern(new JsonPatternParser(text).parse());
  }

  @Override
  public boolean matches(String message) {
    return Json.parseObject(message).filter(condition::holds).isPresent();
  }
}
