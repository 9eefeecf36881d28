package io.eventbackbone.verification.images;

import java.nio.file.Path;

/** A program of this project that has an image. */
enum Program {
  OPERATOR("operator", "event-backbone-operator", "8080/tcp"),
  SANDBOX("sandbox", "event-backbone-sandbox", "4566/tcp"),
  ORDER_SERVICE("services/order-service", "order-service", "8080/tcp"),
  DELIVERY_SERVICE("services/delivery-service", "delivery-service", "8080/tcp");

  final String module;
  final String image;
  final String port;

  Program(String module, String image, String port) {
    this.module = module;
    this.image = image;
    this.port = port;
  }

  /** Where the build leaves the image by default. */
  Path folder() {
    return ImageBuild.PROJECT.resolve(module).resolve("target");
  }

  String tar(Architecture architecture) {
    return "%s-%s-%s.tar".formatted(image, ImageBuild.VERSION, architecture.name());
  }
}
