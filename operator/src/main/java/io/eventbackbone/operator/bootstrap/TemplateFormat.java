package io.eventbackbone.operator.bootstrap;

import java.util.List;
import java.util.Locale;

/** A language for templates of roles. */
enum TemplateFormat {
  CLOUDFORMATION {
    @Override
    String render(List<IamRole> roles) {
      return CloudFormationTemplate.of(roles);
    }
  },
  TERRAFORM {
    @Override
    String render(List<IamRole> roles) {
      return TerraformConfiguration.of(roles);
    }
  };

  abstract String render(List<IamRole> roles);

  /** The value on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
