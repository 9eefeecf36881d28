package io.eventbackbone.verification.aws;

import io.eventbackbone.sandbox.Sandbox;
import java.net.URI;

/** Something that answers as AWS does, at one endpoint. */
interface Aws extends AutoCloseable {

  URI endpoint();

  @Override
  void close();

  /** The one that lies in this repository. */
  static Aws sandbox() {
    Sandbox sandbox = Sandbox.start();
    return new Aws() {
      @Override
      public URI endpoint() {
        return sandbox.endpoint();
      }

      @Override
      public void close() {
        sandbox.close();
      }
    };
  }
}
