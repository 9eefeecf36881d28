package io.eventbackbone.sandbox.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventbackbone.sandbox.api.Json;
import io.eventbackbone.sandbox.api.Request;
import io.eventbackbone.sandbox.errors.AwsException;
import io.eventbackbone.sandbox.errors.CommonErrors;
import io.eventbackbone.sandbox.errors.SchemasErrors;
import io.javalin.http.Context;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * REST with JSON, of EventBridge Schemas: method and path tell the operation, and the members are
 * in path, query and body.
 */
final class RestProtocol implements Protocol {

  private static final Pattern MEMBER = Pattern.compile("\\{(\\w+)}");
  private static final String TAG_KEYS = "TagKeys";

  /**
   * How an operation is asked for.
   *
   * @param path with its members as groups
   * @param members in the path, in their order
   */
  private record Route(String method, Pattern path, List<String> members, String operation) {

    static Route of(String methodAndPath, String operation) {
      String[] words = methodAndPath.split(" ", -1);
      Matcher members = MEMBER.matcher(words[1]);
      return new Route(
          words[0],
          Pattern.compile(members.replaceAll("([^/]+)")),
          members.reset().results().map(member -> member.group(1)).toList(),
          operation);
    }

    void putMembers(Matcher matched, ObjectNode input) {
      for (int i = 0; i < members.size(); i++) {
        input.put(members.get(i), decoded(matched.group(i + 1)));
      }
    }
  }

  private static final String REGISTRY = " /v1/registries/name/{RegistryName}";
  private static final String SCHEMA = REGISTRY + "/schemas/name/{SchemaName}";

  private static final List<Route> ROUTES =
      List.of(
          Route.of("POST /v1/discoverers", "CreateDiscoverer"),
          Route.of("GET /v1/discoverers", "ListDiscoverers"),
          Route.of("GET /v1/discoverers/id/{DiscovererId}", "DescribeDiscoverer"),
          Route.of("PUT /v1/discoverers/id/{DiscovererId}", "UpdateDiscoverer"),
          Route.of("DELETE /v1/discoverers/id/{DiscovererId}", "DeleteDiscoverer"),
          Route.of("POST /v1/discoverers/id/{DiscovererId}/start", "StartDiscoverer"),
          Route.of("POST /v1/discoverers/id/{DiscovererId}/stop", "StopDiscoverer"),
          Route.of("GET /v1/registries", "ListRegistries"),
          Route.of("POST" + REGISTRY, "CreateRegistry"),
          Route.of("GET" + REGISTRY, "DescribeRegistry"),
          Route.of("PUT" + REGISTRY, "UpdateRegistry"),
          Route.of("DELETE" + REGISTRY, "DeleteRegistry"),
          Route.of("GET" + REGISTRY + "/schemas", "ListSchemas"),
          Route.of("POST" + SCHEMA, "CreateSchema"),
          Route.of("GET" + SCHEMA, "DescribeSchema"),
          Route.of("PUT" + SCHEMA, "UpdateSchema"),
          Route.of("DELETE" + SCHEMA, "DeleteSchema"),
          Route.of("GET" + SCHEMA + "/versions", "ListSchemaVersions"),
          Route.of("DELETE" + SCHEMA + "/version/{SchemaVersion}", "DeleteSchemaVersion"),
          Route.of("GET /tags/{ResourceArn}", "ListTagsForResource"),
          Route.of("POST /tags/{ResourceArn}", "TagResource"),
          Route.of("DELETE /tags/{ResourceArn}", "UntagResource"));

  @Override
  public Request read(Context http) {
    String method = http.method().name();
    String path = http.req().getRequestURI();
    for (Route route : ROUTES) {
      Matcher matcher = route.path().matcher(path);
      if (route.method().equals(method) && matcher.matches()) {
        ObjectNode input = body(http);
        query(http, input);
        route.putMembers(matcher, input);
        return new Request(route.operation(), input);
      }
    }
    throw CommonErrors.unknownPath(method, path);
  }

  private static ObjectNode body(Context http) {
    byte[] body = http.bodyAsBytes();
    if (body.length == 0) {
      return Json.object();
    }
    return Json.parseObject(new String(body, StandardCharsets.UTF_8))
        .orElseThrow(() -> SchemasErrors.badRequest("The request is not a JSON object."));
  }

  /** Members are written with a small letter there. */
  private static void query(Context http, ObjectNode input) {
    for (Map.Entry<String, List<String>> parameter : http.queryParamMap().entrySet()) {
      String name = parameter.getKey();
      String member = name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
      if (member.equals(TAG_KEYS)) {
        parameter.getValue().forEach(input.withArrayProperty(member)::add);
      } else {
        input.put(member, parameter.getValue().get(0));
      }
    }
  }

  private static String decoded(String segment) {
    return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  @Override
  public void answer(Context http, String operation, String requestId, ObjectNode output) {
    if (output.isEmpty()) {
      http.status(204).header("x-amzn-RequestId", requestId);
      return;
    }
    write(http, operation.startsWith("Create") ? 201 : 200, requestId, output);
  }

  @Override
  public void refuse(Context http, String requestId, AwsException refusal) {
    http.header("x-amzn-ErrorType", refusal.code());
    write(
        http,
        CommonErrors.restStatus(refusal),
        requestId,
        Json.object().put("Code", refusal.code()).put("Message", refusal.getMessage()));
  }

  private static void write(Context http, int status, String requestId, ObjectNode body) {
    http.status(status)
        .header("x-amzn-RequestId", requestId)
        .contentType("application/json")
        .result(body.toString().getBytes(StandardCharsets.UTF_8));
  }
}
