package io.eventbackbone.cli;

import picocli.CommandLine.Command;

/** The contracts of events. */
@Command(
    name = "types",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description =
        "Lists event types, checks them before they are applied, makes code of them, and compares them with what flows.",
    footerHeading = "%nExample:%n",
    footer = "  kubectl backbone types list",
    subcommands = {
      TypesListCommand.class,
      TypesCheckCommand.class,
      TypesGenerateCommand.class,
      TypesExportCommand.class,
      TypesObserveCommand.class
    })
final class TypesCommand {}
