/** Parses documents of AsyncAPI, and prints the first thing that is wrong with each. */
import { readFile } from "node:fs/promises";
import { Parser } from "@asyncapi/parser";

const parser = new Parser();
let isValid = true;
for (const file of process.argv.slice(2)) {
  const { document, diagnostics } = await parser.parse(await readFile(file, "utf8"));
  const errors = diagnostics.filter((it) => it.severity === 0);
  errors.forEach((it) => console.error(`${file} ${it.path.join(".")}: ${it.message}`));
  isValid = isValid && errors.length === 0;
  for (const operation of document?.operations().all() ?? []) {
    const messages = operation.messages().all().map((it) => it.name());
    console.log(`${document.info().title()} ${operation.action()} ${messages.join(" ")}`);
  }
}
process.exitCode = isValid ? 0 : 1;
