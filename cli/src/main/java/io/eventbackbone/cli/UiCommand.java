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

/** Serves the page. */
@Command(
    name = "ui",
    mixinStandardHelpOptions = true,
    description = {
      "Serves a page that shows the topology with its live state, which subscriptions receive an event,"
          + " and which way an event took, until you interrupt the command.",
      "Open the page in a browser on this machine. The page changes nothing. Keep its address secret: a"
          + " person with the address and a login on this machine reads with your rights."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:you interrupted the command",
      "2:the command can't read the cluster, or the port is taken"
    },
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
      description = "The port on 127.0.0.1 (default: a free port).")
  private int port;

  @Override
  public Integer call() {
    cluster.readAll(); // Tell here, and not in the browser, that the cluster does not answer.
    try (AwsAccess access = aws.open();
        PageServer server =
            new PageServer(
                port,
                new PageServer.Sources(
                    cluster::readAll, access, cluster.namespace(), BackboneCommand::message))) {
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
