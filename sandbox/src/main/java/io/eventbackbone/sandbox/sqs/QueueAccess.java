package io.eventbackbone.sandbox.sqs;

import io.eventbackbone.sandbox.AwsException;
import io.eventbackbone.sandbox.Call;
import io.eventbackbone.sandbox.RequestContext;

/** Leads from a call to the queue that it names, when the caller may do that with it. */
record QueueAccess(Queues queues) {

  Queue queue(Call call, String operation) {
    return queue(call, operation, RequestContext.NONE);
  }

  Queue queue(Call call, String operation, RequestContext context) {
    String url = new Parameters(call.input()).requiredText("QueueUrl");
    return queue(
        call,
        operation,
        QueueId.ofUrl(url, call.region())
            .orElseThrow(() ->
                new AwsException(
                    404,
                    "InvalidAddress",
                    "The address " + url + " is not valid for this endpoint.")),
        context);
  }

  Queue queue(Call call, String operation, QueueId id, RequestContext context) {
    Queue queue = queues.get(id);
    queues.authorize(call.caller(), operation, id, context);
    return queue;
  }
}
