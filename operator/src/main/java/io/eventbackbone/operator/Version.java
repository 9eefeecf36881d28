package io.eventbackbone.operator;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** The version that the jar's manifest names. */
public final class Version implements IVersionProvider {

  @Override
  public String[] getVersion() {
    return new String[] {
      Optional.ofNullable(getClass().getPackage().getImplementationVersion()).orElse("development")
    };
  }
}
