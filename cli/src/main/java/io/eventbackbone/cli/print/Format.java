package io.eventbackbone.cli.print;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import io.eventbackbone.cli.answer.Answer;
import java.io.UncheckedIOException;

/** How an answer is printed; constants are named as people write them. */
@SuppressWarnings("checkstyle:ConstantName")
public enum Format {
  table,
  json,
  yaml;

  /** Made when it is used: a table needs none. */
  private static final class Json {
    static final JsonMapper MAPPER =
        JsonMapper.builder()
            .addModule(new Jdk8Module())
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();
  }

  /** The answer as JSON, over several lines. */
  public static String json(Answer answer) {
    return text(Json.MAPPER, answer) + System.lineSeparator();
  }

  /** Any value as one line of JSON. */
  public static String line(Object value) {
    try {
      return Json.MAPPER
          .writer()
          .without(SerializationFeature.INDENT_OUTPUT)
          .writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("an answer is no JSON, which is a bug: please report it", e);
    }
  }

  public static String yaml(Answer answer) {
    return text(
        YAMLMapper.builder(new YAMLFactory().disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER))
            .addModule(new Jdk8Module())
            .build(),
        answer);
  }

  private static String text(ObjectMapper mapper, Answer answer) {
    try {
      return mapper.writeValueAsString(answer);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("an answer is no JSON, which is a bug: please report it", e);
    }
  }
}
