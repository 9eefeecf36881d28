package io.eventbackbone.cli;

import picocli.CommandLine.Command;

/** The contracts of events. */
@Command(
    name = "types",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "Lists event types, and checks them before they are applied.",
    footerHeading = "%nExample:%n",
    footer = "  kubectl backbone types list",
    subcommands = {TypesListCommand.class, TypesCheckCommand.class})
final class TypesCommand {}
