// Every bench begins by importing this: with --help it prints the comment at the head of the bench, and nothing is played.
import { readFileSync } from "node:fs";

if (process.argv.slice(2).some((word) => word === "--help" || word === "-h")) {
  const lines = readFileSync(process.argv[1], "utf8").split("\n");
  const end = lines.findIndex((line) => !/^(\/\/|\/\*\*| \*)/.test(line));
  const head = lines.slice(0, end).map((line) => line.replace(/^(\/\/ ?|\/\*\*| \*\/| \* ?)/, ""));
  console.log(head.join("\n").trim());
  process.exit(0);
}
