package io.eventbackbone.http;

import java.util.concurrent.Executor;
import java.util.function.Function;

/**
 * The work that answers the requests to a path.
 *
 * @param method the method that the route takes; a route for GET also takes HEAD
 * @param path the whole path; a path that ends with a slash covers all paths of one more segment
 * @param executor runs the work; the listener answers work that it rejects with 503
 * @param work makes the answer; the listener logs what it throws, and answers with 500
 */
public record Route(String method, String path, Executor executor, Function<Request, Answer> work) {

  private static final String GET = "GET";

  public static Route get(String path, Executor executor, Function<Request, Answer> work) {
    return new Route(GET, path, executor, work);
  }

  public static Route post(String path, Executor executor, Function<Request, Answer> work) {
    return new Route("POST", path, executor, work);
  }

  /** Takes the place of a route that does not exist or must not be taken. */
  static Route refusing(Answer answer) {
    return new Route(GET, "", Runnable::run, request -> answer);
  }

  boolean leadsTo(String asked) {
    return path.endsWith("/")
        ? path.equals(asked.substring(0, asked.lastIndexOf('/') + 1))
        : path.equals(asked);
  }

  boolean takes(String asked) {
    return asked.equals(method) || (asked.equals("HEAD") && method.equals(GET));
  }
}
