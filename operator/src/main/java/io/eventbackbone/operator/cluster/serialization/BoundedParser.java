package io.eventbackbone.operator.cluster.serialization;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.JsonParserDelegate;
import com.fasterxml.jackson.databind.JsonMappingException;
import java.io.IOException;

/** Reads one value as long as it is neither too deep nor too long. */
final class BoundedParser extends JsonParserDelegate {

  /**
   * What a value may have.
   *
   * @param levels of objects and lists within each other
   * @param characters of names and texts; a number, a bracket or a literal counts as one
   */
  record Bounds(int levels, int characters) {}

  private final Bounds bounds;
  private int level;
  private int characters;

  /**
   * @param value a parser at the first token of the value
   */
  BoundedParser(JsonParser value, Bounds bounds) {
    super(value);
    this.bounds = bounds;
    level = value.currentToken().isStructStart() ? 1 : 0;
  }

  @Override
  public JsonToken nextToken() throws IOException {
    JsonToken token = super.nextToken();
    if (token != null) {
      count(token);
    }
    return token;
  }

  private void count(JsonToken token) throws IOException {
    if (token.isStructStart()) {
      level++;
    } else if (token.isStructEnd()) {
      level--;
    }
    boolean isText = token == JsonToken.FIELD_NAME || token == JsonToken.VALUE_STRING;
    characters += isText ? getTextLength() : 1;
    if (level > bounds.levels()) {
      throw JsonMappingException.from(
          this, "is nested deeper than %,d levels".formatted(bounds.levels()));
    }
    if (characters > bounds.characters()) {
      throw JsonMappingException.from(
          this, "makes the spec longer than %,d characters".formatted(bounds.characters()));
    }
  }

  /** What is skipped is not kept, and counts as nothing. */
  @Override
  public JsonParser skipChildren() throws IOException {
    if (currentToken() != null && currentToken().isStructStart()) {
      level--;
    }
    super.skipChildren();
    return this;
  }
}
