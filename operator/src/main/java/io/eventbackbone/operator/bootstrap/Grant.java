package io.eventbackbone.operator.bootstrap;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * One statement of an identity policy, which allows actions on resources.
 *
 * @param sid letters and digits
 * @param purpose for people
 * @param resources ARNs, or patterns of them
 */
record Grant(
    String sid,
    String purpose,
    List<String> actions,
    List<String> resources,
    List<Condition> conditions) {

  /** A condition of a request, for instance {@code StringEquals}, a key, and its values. */
  record Condition(String operator, String key, List<String> values) {}

  Grant {
    actions = List.copyOf(actions);
    resources = List.copyOf(resources);
    conditions = List.copyOf(conditions);
  }

  static Grant of(String sid, String purpose, List<String> resources, String... actions) {
    return new Grant(sid, purpose, List.of(actions), resources, List.of());
  }

  Grant when(Condition condition) {
    return new Grant(sid, purpose, actions, resources, List.of(condition));
  }

  /** The statement in the JSON of IAM. */
  ObjectNode json() {
    ObjectNode statement =
        JsonNodeFactory.instance.objectNode().put("Sid", sid).put("Effect", "Allow");
    actions.forEach(statement.putArray("Action")::add);
    resources.forEach(statement.putArray("Resource")::add);
    for (Condition condition : conditions) {
      condition
          .values()
          .forEach(
              statement
                      .withObject("/Condition")
                      .withObject("/" + condition.operator())
                      .withArrayProperty(condition.key())
                  ::add);
    }
    return statement;
  }
}
