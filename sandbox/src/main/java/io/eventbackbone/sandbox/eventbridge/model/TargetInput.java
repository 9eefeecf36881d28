package io.eventbackbone.sandbox.eventbridge.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.eventbackbone.sandbox.api.Json;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The input of a target, made from an event (User Guide, "Input transformation"). */
public sealed interface TargetInput {

  /**
   * An event that a rule matched.
   *
   * @param ingested when the bus took it
   */
  record Match(Rule rule, Event event, Instant ingested) {}

  /** The text that the target receives; empty when a transformer made broken JSON. */
  Optional<String> of(Match match);

  /** Writes the member of {@code Target} that says this. */
  void write(ObjectNode target);

  record WholeEvent() implements TargetInput {
    @Override
    public Optional<String> of(Match match) {
      return Optional.of(match.event().json());
    }

    @Override
    public void write(ObjectNode target) {}
  }

  /** {@code Input}: the same for every event. */
  record Constant(String json) implements TargetInput {
    @Override
    public Optional<String> of(Match match) {
      return Optional.of(json);
    }

    @Override
    public void write(ObjectNode target) {
      target.put("Input", json);
    }
  }

  /** {@code InputPath}: a part of the event; {@code {}} when the event has no such part. */
  record Part(EventPath path) implements TargetInput {
    @Override
    public Optional<String> of(Match match) {
      return Optional.of(
          path.in(match.event().toJson()).map(JsonNode::toString).orElseGet(() -> "{}"));
    }

    @Override
    public void write(ObjectNode target) {
      target.put("InputPath", path.text());
    }
  }

  /** {@code InputTransformer}: a template whose {@code <placeholders>} are parts of the event. */
  record Transformer(Map<String, EventPath> paths, String template) implements TargetInput {

    private static final Pattern PLACEHOLDER = Pattern.compile("<([^<>\"]+)>");

    private static final Set<String> PREDEFINED =
        Set.of(
            "aws.events.rule-arn",
            "aws.events.rule-name",
            "aws.events.event",
            "aws.events.event.json",
            "aws.events.event.ingestion-time");

    /** The placeholders without a path that EventBridge does not define either. */
    public Set<String> unknownPlaceholders() {
      return PLACEHOLDER
          .matcher(template)
          .results()
          .map(result -> result.group(1))
          .filter(name -> !paths.containsKey(name) && !PREDEFINED.contains(name))
          .collect(Collectors.toSet());
    }

    /**
     * Fills the template. A template that is one string takes objects and lists without their
     * quotes; inside a string of a larger template they deliver nothing. Both are recorded from
     * AWS.
     */
    @Override
    public Optional<String> of(Match match) {
      return fill(match)
          .filter(output -> isText() || !claimsJson(output) || Json.parse(output).isPresent());
    }

    private boolean isText() {
      return template.strip().startsWith("\"");
    }

    private static boolean claimsJson(String output) {
      return output.startsWith("{") || output.startsWith("[");
    }

    @Override
    public void write(ObjectNode target) {
      ObjectNode transformer = target.putObject("InputTransformer");
      if (!paths.isEmpty()) {
        ObjectNode map = transformer.putObject("InputPathsMap");
        new TreeMap<>(paths).forEach((name, path) -> map.put(name, path.text()));
      }
      transformer.put("InputTemplate", template);
    }

    private Optional<String> fill(Match match) {
      ObjectNode event = match.event().toJson();
      StringBuilder output = new StringBuilder();
      Matcher placeholders = PLACEHOLDER.matcher(template);
      Quotes quotes = new Quotes();
      int copied = 0;
      while (placeholders.find()) {
        String literal = template.substring(copied, placeholders.start());
        JsonNode value = value(placeholders.group(1), match, event).orElse(TextNode.valueOf(""));
        boolean isInString = quotes.after(literal);
        if (isInString && value.isContainerNode() && !isText()) {
          return Optional.empty();
        }
        output.append(literal).append(isInString ? quoted(value) : value.toString());
        copied = placeholders.end();
      }
      return Optional.of(output.append(template.substring(copied)).toString().strip());
    }

    private Optional<JsonNode> value(String name, Match match, ObjectNode event) {
      return switch (name) {
        case "aws.events.rule-arn" -> Optional.of(TextNode.valueOf(match.rule().arn()));
        case "aws.events.rule-name" -> Optional.of(TextNode.valueOf(match.rule().name()));
        case "aws.events.event" -> Optional.of(withoutDetail(match.event()));
        case "aws.events.event.json" -> Optional.of(event);
        case "aws.events.event.ingestion-time" ->
            Optional.of(TextNode.valueOf(match.ingested().toString()));
        default -> Optional.ofNullable(paths.get(name)).flatMap(path -> path.in(event));
      };
    }

    /** The envelope in the spelling that AWS has for this placeholder alone. */
    private static ObjectNode withoutDetail(Event event) {
      ObjectNode json = Json.object();
      json.put("id", event.id()).put("account", event.account());
      json.put("detailType", event.detailType()).put("time", event.time().toString());
      json.put("source", event.source()).put("region", event.region());
      event.resources().forEach(json.putArray("resources")::add);
      return json.put("version", "0");
    }

    /** Inside a string of the template a value stands without quotes. */
    private static String quoted(JsonNode value) {
      if (value.isContainerNode()) {
        return value.toString().replace("\"", "");
      }
      String json = TextNode.valueOf(value.asText()).toString();
      return json.substring(1, json.length() - 1);
    }

    /** Whether one is inside a JSON string of the template, as one reads along. */
    private static final class Quotes {
      private boolean inside;

      boolean after(String literal) {
        for (int i = 0; i < literal.length(); i++) {
          if (inside && literal.charAt(i) == '\\') {
            i++;
          } else if (literal.charAt(i) == '"') {
            inside = !inside;
          }
        }
        return inside;
      }
    }
  }
}
