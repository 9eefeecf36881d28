package io.eventbackbone.cli;

import io.eventbackbone.cli.aws.AwsAccess;
import io.eventbackbone.cli.page.PageServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The topology as a page. */
@Command(
    name = "ui",
    mixinStandardHelpOptions = true,
    description = {
      "Serves a page that shows the topology with its state, who receives an event, and the way of an"
          + " event; until it is interrupted.",
      "The page is for the browser of this machine alone, and changes nothing. Its address is a secret:"
          + " whoever has it, on this machine, reads with your rights."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:it was interrupted", "2:the cluster can't be asked, or the port is taken"},
    footerHeading = "%nExamples:%n",
    footer = {
      "  kubectl backbone ui",
      "  kubectl backbone ui --port 8765 --assume-role arn:aws:iam::111111111111:role/event-backbone-reader"
    })
final class UiCommand implements Callable<Integer> {

  @Spec private CommandSpec command;
  @Mixin private ClusterOptions cluster;
  @Mixin private AwsOptions aws;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "0",
      description = "The port on 127.0.0.1 (default: any that is free).")
  private int port;

  @Override
  public Integer call() {
    cluster.read(); // A cluster that can't be asked is told here, and not in the browser.
    try (AwsAccess access = aws.open();
        PageServer server =
            new PageServer(
                port,
                new PageServer.Sources(
                    cluster::read, access, cluster.namespace(), BackboneCommand::message))) {
      PrintWriter out = command.commandLine().getOut();
      out.printf("The page is at %s until Ctrl-C.%n", server.address());
      out.flush();
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      throw new Failure("--port %d can't be listened on: %s".formatted(port, e.getMessage()), e);
    }
    return 0;
  }
}
