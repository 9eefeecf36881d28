package io.eventbackbone.sandbox.logs;

import io.eventbackbone.sandbox.Authorizer;
import io.eventbackbone.sandbox.Call;
import java.util.Map;
import java.util.Optional;

/**
 * Asks whether a caller may. Resource policies do not come in: they count for service principals
 * alone (API Reference, PutResourcePolicy).
 */
record LogsAccess(Authorizer authorizer) {

  /**
   * Access to a group, or to the account's groups when the name is empty. AWS names the resource of
   * such operations with an empty log stream.
   */
  void group(Call call, LogGroupId id) {
    authorize(call, id, id.streamArn(""));
  }

  void account(Call call) {
    group(call, new LogGroupId(call.caller().accountId(), call.region(), ""));
  }

  void stream(Call call, LogGroupId id, String stream) {
    authorize(call, id, id.streamArn(stream));
  }

  /** Tagging goes by the ARN of the group itself. */
  void tags(Call call, LogGroupId id) {
    authorize(call, id, id.arn());
  }

  private void authorize(Call call, LogGroupId id, String arn) {
    authorizer.authorize(
        call.caller(), "logs:" + call.operation(), arn, id.account(), Map.of(), Optional.empty());
  }
}
