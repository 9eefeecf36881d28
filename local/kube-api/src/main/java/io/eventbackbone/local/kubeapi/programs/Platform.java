package io.eventbackbone.local.kubeapi.programs;

import io.fabric8.kubeapitest.binary.OSInfo;

/** An operating system and a processor, in the words of Go's GOOS and GOARCH. */
record Platform(String os, String arch) {

  static Platform here() {
    var info = new OSInfo();
    return new Platform(info.getOSName(), info.getOSArch());
  }

  /** How the folders of this platform's binaries end, here and in kube-api-test. */
  String suffix() {
    return "-" + os + "-" + arch;
  }
}
