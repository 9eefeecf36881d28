package io.eventbackbone.operator.cluster.serialization;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.deser.std.StringDeserializer;
import java.io.IOException;

/** Keeps equal texts once: most of what conditions say is the same for all. */
final class SharedText extends StdScalarDeserializer<String> {

  private static final long serialVersionUID = 1L;

  /** Longer texts are hardly ever equal. */
  private static final int LONGEST = 1_024;

  SharedText() {
    super(String.class);
  }

  @Override
  public String deserialize(JsonParser json, DeserializationContext context) throws IOException {
    String text = StringDeserializer.instance.deserialize(json, context);
    return text == null || text.length() > LONGEST ? text : text.intern();
  }
}
