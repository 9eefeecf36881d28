package io.eventbackbone.verification.aws;

import io.eventbackbone.local.kubeapi.programs.PythonEnvironment;

/** The Python environments of the witnesses; their requirements lie in the resources. */
final class Python {

  /** boto3 is in it, too. */
  static final PythonEnvironment MOTO = new PythonEnvironment("witness", Yaml.text("moto.txt"));

  static final PythonEnvironment MINISTACK =
      new PythonEnvironment("witness", Yaml.text("ministack.txt"));

  private Python() {}
}
