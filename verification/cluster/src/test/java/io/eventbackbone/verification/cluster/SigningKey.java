package io.eventbackbone.verification.cluster;

import io.eventbackbone.local.kubeapi.programs.MissingPart;
import io.eventbackbone.local.launcher.Command;
import io.eventbackbone.local.launcher.ProgramFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

/**
 * A key to sign a release with, and the program gpg to check the signatures.
 *
 * @param armoured the private key, in the form that gpg exports
 */
record SigningKey(Command gpg, String armoured) {

  static SigningKey make(Class<?> test, Path folder) throws IOException {
    Path home = Files.createDirectory(folder.resolve("gpg"));
    Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwx------"));
    Command gpg = Command.of(Path.of("gpg"), Map.of("GNUPGHOME", home.toString())).with("--batch");
    try {
      gpg.run("--version");
    } catch (ProgramFailure e) {
      throw MissingPart.of(test, "there is no gpg to check signatures with: " + e.getMessage());
    }
    gpg.run("--passphrase", "", "--quick-generate-key", "Release <release@example.com>", "rsa3072");
    return new SigningKey(gpg, gpg.run("--armor", "--export-secret-keys"));
  }

  /** Fails unless the signature beside a file is of this key. */
  void verify(Path file) {
    gpg.run("--verify", file + ".asc", file.toString());
  }
}
