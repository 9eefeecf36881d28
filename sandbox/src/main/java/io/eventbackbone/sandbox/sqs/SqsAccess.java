package io.eventbackbone.sandbox.sqs;

import io.eventbackbone.sandbox.access.Access;
import io.eventbackbone.sandbox.access.Authorizer;
import io.eventbackbone.sandbox.access.Principal;
import io.eventbackbone.sandbox.access.RequestContext;
import io.eventbackbone.sandbox.api.Request;
import io.eventbackbone.sandbox.errors.SqsErrors;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Asks for permission on queues, and finds the queue that a request names (Service Authorization
 * Reference, "Actions, resources, and condition keys for Amazon SQS").
 */
final class SqsAccess {

  /** Operations that a queue policy cannot grant to another account (SQS Developer Guide). */
  private static final Set<String> OWNER_ONLY =
      Set.of(
          "AddPermission",
          "CancelMessageMoveTask",
          "CreateQueue",
          "DeleteQueue",
          "ListMessageMoveTasks",
          "ListQueueTags",
          "ListQueues",
          "RemovePermission",
          "SetQueueAttributes",
          "StartMessageMoveTask",
          "TagQueue",
          "UntagQueue");

  private final Authorizer authorizer;
  private final Queues queues;

  SqsAccess(Authorizer authorizer, Queues queues) {
    this.authorizer = authorizer;
    this.queues = queues;
  }

  /** The queue of the member {@code QueueUrl}, when the caller may call this operation on it. */
  Queue queue(Request request) {
    return queue(request, request.call().operation(), RequestContext.NONE);
  }

  /**
   * The queue of the member {@code QueueUrl}, when the caller has a permission on it.
   *
   * @param operation a batch needs the permission of its single operation (SQS Developer Guide,
   *     "Amazon SQS API permissions")
   */
  Queue queue(Request request, String operation) {
    return queue(request, operation, RequestContext.NONE);
  }

  Queue queue(Request request, RequestContext context) {
    return queue(request, request.call().operation(), context);
  }

  private Queue queue(Request request, String operation, RequestContext context) {
    String url = request.input().requiredNonEmptyText("QueueUrl");
    QueueId id =
        QueueId.ofUrl(url, request.home()).orElseThrow(() -> SqsErrors.invalidAddress(url));
    Queue queue = queues.get(id);
    require(request, operation, id, context);
    return queue;
  }

  /** Permits an operation on a queue that may not exist yet. */
  void require(Request request, String operation, QueueId id, RequestContext context) {
    require(request.caller(), operation, id, context);
  }

  void require(Principal principal, String operation, QueueId id, RequestContext context) {
    boolean isForeign =
        switch (principal) {
          case Principal.Account account -> !account.accountId().equals(id.account());
          case Principal.Service service -> false;
          case Principal.WebIdentity workload -> true;
        };
    Optional<Queue> found = queues.find(id);
    authorizer.authorize(
        principal,
        Access.to("sqs:" + operation, id.arn(), id.account())
            .under(context.withResourceTags(found.map(Queue::tags).orElseGet(Map::of)))
            .governedBy(
                found
                    .filter(queue -> !(isForeign && OWNER_ONLY.contains(operation)))
                    .flatMap(queue -> queue.attributes().policy())));
  }
}
