package io.eventbackbone.operator.bootstrap;

import java.util.List;
import java.util.Locale;

/** A language in which roles are declared. */
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

  /** As the command line has it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
