// Are there known holes in what is installed with scim-check? Fails on findings. A registry that does not answer such
// questions, or cannot be reached, is said and passed over: that is no fault of this project.
import { spawnSync } from "node:child_process";

const { stdout, error } = spawnSync("npm", ["audit", "--omit=dev", "--json"], {
  encoding: "utf8",
  timeout: 60_000,
});

let told;
try {
  told = JSON.parse(stdout);
} catch {
  told = {};
}

const counts = told.metadata?.vulnerabilities;
if (counts === undefined) {
  const why = told.message ?? error?.message ?? "no answer";
  // The address of a registry is nobody's business here.
  process.stdout.write(`audit: not asked (${why.replace(/https?:\/\/\S+/g, "the registry")})\n`);
} else if (counts.total === 0) {
  process.stdout.write("audit: nothing known against what is installed with scim-check\n");
} else {
  for (const { name, severity, via } of Object.values(told.vulnerabilities)) {
    const titles = via.map((one) => (typeof one === "string" ? one : `${one.title} ${one.url}`));
    process.stderr.write(`audit: ${name} (${severity}): ${titles.join("; ")}\n`);
  }
  process.exitCode = 1;
}
