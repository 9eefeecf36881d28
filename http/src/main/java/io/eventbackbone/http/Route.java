package io.eventbackbone.http;

import java.util.concurrent.Executor;
import java.util.function.Function;

/**
 * What is served at a path.
 *
 * @param method that it takes; a route for GET also takes HEAD
 * @param path the whole of it; one that ends with a slash leads to all paths of one segment more
 * @param executor runs the work; what it rejects is answered with 503
 * @param work makes the answer; what it throws is logged, and answered with 500
 */
public record Route(String method, String path, Executor executor, Function<Request, Answer> work) {

  private static final String GET = "GET";

  public static Route get(String path, Executor executor, Function<Request, Answer> work) {
    return new Route(GET, path, executor, work);
  }

  public static Route post(String path, Executor executor, Function<Request, Answer> work) {
    return new Route("POST", path, executor, work);
  }

  /** In the place of a route that there is not, or that must not be taken. */
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
