package io.eventbackbone.core.resource;

/**
 * The messages of a queue, as SQS counts them: approximately, and up to a minute late.
 *
 * @param visible a consumer may receive them
 * @param inFlight a consumer received them and did not delete them yet
 * @param delayed held back for the queue's delay
 */
public record QueueMessages(long visible, long inFlight, long delayed) {

  public static final QueueMessages NONE = new QueueMessages(0, 0, 0);

  public long total() {
    return visible + inFlight + delayed;
  }
}
