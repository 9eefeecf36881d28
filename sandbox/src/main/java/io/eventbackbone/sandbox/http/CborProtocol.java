package io.eventbackbone.sandbox.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import com.fasterxml.jackson.dataformat.cbor.CBORGenerator;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import io.eventbackbone.sandbox.api.Json;
import io.eventbackbone.sandbox.api.Request;
import io.eventbackbone.sandbox.errors.AwsException;
import io.eventbackbone.sandbox.errors.CommonErrors;
import io.eventbackbone.sandbox.errors.ServiceErrors;
import io.javalin.http.Context;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Smithy RPC v2 CBOR: the operation is in the path, the rest is CBOR. */
final class CborProtocol implements Protocol {

  static final String CONTENT_TYPE = "application/cbor";

  /**
   * Signatures of the new Custom Event Bus name Classic's service, and some of its operations have
   * Classic's names. Its path alone tells that the sandbox doesn't have it.
   */
  private static final Pattern PATH =
      Pattern.compile("/service/(?!AWSEventsV2/)\\w+/operation/(\\w+)");

  private static final CBORMapper CBOR = new CBORMapper();
  private static final CBORFactory FACTORY = new CBORFactory();

  /** RFC 8949: the tag of seconds since the epoch. Smithy requires it of timestamps. */
  private static final int EPOCH_TAG = 1;

  private final ServiceErrors errors;

  CborProtocol(ServiceErrors errors) {
    this.errors = errors;
  }

  @Override
  public Request read(Context http) {
    Matcher path = PATH.matcher(http.path());
    if (!path.matches()) {
      throw CommonErrors.unknownPath(http.method().name(), http.path());
    }
    return new Request(path.group(1), input(http.bodyAsBytes()));
  }

  private static ObjectNode input(byte[] body) {
    if (body.length == 0) {
      return Json.object();
    }
    try {
      if (CBOR.readTree(body) instanceof ObjectNode object) {
        return object;
      }
    } catch (IOException e) {
      throw CommonErrors.unreadable("The request is not CBOR.");
    }
    throw CommonErrors.unreadable("The request is not a CBOR map.");
  }

  @Override
  public void answer(Context http, String operation, String requestId, ObjectNode output) {
    write(http, 200, requestId, output);
  }

  @Override
  public void refuse(Context http, String requestId, AwsException refusal) {
    write(http, refusal.httpStatus(), requestId, JsonProtocol.refusalBody(http, refusal, errors));
  }

  private static void write(Context http, int status, String requestId, ObjectNode body) {
    http.status(status)
        .header("x-amzn-RequestId", requestId)
        .header("smithy-protocol", "rpc-v2-cbor")
        .contentType(CONTENT_TYPE)
        .result(bytes(body));
  }

  private static byte[] bytes(ObjectNode body) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (CBORGenerator cbor = FACTORY.createGenerator(bytes)) {
      write(cbor, body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void write(CBORGenerator cbor, ObjectNode object) throws IOException {
    cbor.writeStartObject();
    for (var member : object.properties()) {
      cbor.writeFieldName(member.getKey());
      write(cbor, member.getValue(), CloudWatchQueryMembers.TIMESTAMPS.equals(member.getKey()));
    }
    cbor.writeEndObject();
  }

  private static void write(CBORGenerator cbor, JsonNode value, boolean isTime) throws IOException {
    if (value instanceof ObjectNode object) {
      write(cbor, object);
    } else if (value.isArray()) {
      cbor.writeStartArray();
      for (JsonNode item : value) {
        write(cbor, item, isTime);
      }
      cbor.writeEndArray();
    } else if (isTime) {
      cbor.writeTag(EPOCH_TAG);
      cbor.writeNumber(value.asDouble());
    } else {
      CBOR.writeTree(cbor, value);
    }
  }
}
