package io.eventbackbone.verification.images;

/** A processor that images are built for, by Go's name for it, as images have it. */
enum Architecture {
  amd64(62),
  arm64(183);

  /** The e_machine of its ELF files. */
  final int elfMachine;

  Architecture(int elfMachine) {
    this.elfMachine = elfMachine;
  }

  /** This machine's. */
  static Architecture here() {
    return System.getProperty("os.arch").equals("aarch64") ? arm64 : amd64;
  }
}
