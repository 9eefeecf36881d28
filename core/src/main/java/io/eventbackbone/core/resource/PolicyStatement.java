package io.eventbackbone.core.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Objects;

/**
 * One statement of a resource policy. Statements are equal when they mean the same: AWS rewrites a
 * bare account to its root ARN, single values to lists and back, and keeps no order.
 *
 * @param sid unique in its policy
 * @param json the whole statement, as it is sent or was read
 */
public record PolicyStatement(String sid, ObjectNode json) {

  /** Whether the operator wrote it: its Sids are told by this prefix. */
  public boolean isOurs() {
    return sid.startsWith(Names.SID_PREFIX);
  }

  /** The statement in the one form in which equal meanings are equal texts. */
  public JsonNode canonical() {
    return Policies.canonical(json);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PolicyStatement that
        && sid.equals(that.sid)
        && canonical().equals(that.canonical());
  }

  @Override
  public int hashCode() {
    return Objects.hash(sid, canonical());
  }

  @Override
  public String toString() {
    return canonical().toString();
  }
}
