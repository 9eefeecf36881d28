package io.eventbackbone.core.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Objects;

/**
 * One statement of a resource policy. Statements are equal if they have one meaning: AWS rewrites
 * an account number to its root ARN, single values to lists and back, and keeps no order.
 *
 * @param sid unique in its policy
 * @param json the whole statement, as the operator sends or reads it
 */
public record PolicyStatement(String sid, ObjectNode json) {

  /** Whether the operator wrote the statement: its Sid has the operator's prefix. */
  public boolean isOurs() {
    return sid.startsWith(Names.SID_PREFIX);
  }

  /** The canonical form, in which equal meanings are equal JSON. */
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
