import { execFileSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { curlOf } from "../../../src/report/curl.ts";
import { answer, exchange } from "./sample-report.ts";

/** Runs a command line in `sh` with a curl that only says what it was given: how many words, the words, its input. */
function pasted(command: string): { readonly args: readonly string[]; readonly input: string } {
  const fake = `curl() { printf '%s\\0' "$#" "$@"; case " $* " in *" @- "*) cat;; esac; }`;
  const out = execFileSync("sh", ["-c", `${fake}\n${command}`], {
    env: { SCIM_TOKEN: "t0k en'\"$x", PATH: process.env.PATH },
  });
  const [count = "", ...parts] = out.toString().split("\0");
  return { args: parts.slice(0, Number(count)), input: parts.slice(Number(count)).join("\0") };
}

const OK = answer(200, "{}");
const bodyOf = (args: readonly string[]) => args[args.findIndex((arg) => arg.startsWith("--data")) + 1];

describe("a request as curl", () => {
  it("is the same request again when it is pasted into a shell", () => {
    const body = '{"userName":"o\'brien@example.com","note":"$HOME `id` \\\\ \\" !"}';
    const { args } = pasted(
      curlOf(exchange("POST", "/Users?filter=a%20eq%20%22b%22&x=1", OK, { body })).command,
    );
    expect(args).toEqual([
      "-sS",
      "-i",
      "-X",
      "POST",
      "https://staging.example.com/scim/v2/Users?filter=a%20eq%20%22b%22&x=1",
      "--compressed",
      "-H",
      "Accept: application/scim+json",
      "-H",
      "Accept-Charset: utf-8",
      "-H",
      "User-Agent: Okta SCIM Client 1.0.0",
      "-H",
      "Authorization: Bearer t0k en'\"$x",
      "-H",
      "Accept-Encoding: gzip,deflate",
      "-H",
      "Content-Type: application/scim+json; charset=utf-8",
      "--data-binary",
      body,
    ]);
  });

  it.each(["Basic", "basic", "BASIC"])(
    "shows the user and the password that SCIM_TOKEN holds, after %s",
    (scheme) => {
      const headers = [["Authorization", `${scheme} «secret»`]] as const;
      const { args } = pasted(curlOf(exchange("GET", "/Users", OK, { headers })).command);
      const pair = "t0k en'\"$x";
      const shown = args.includes("-u")
        ? `Basic ${Buffer.from(args[args.indexOf("-u") + 1] ?? "").toString("base64")}`
        : args.find((word) => word.startsWith("Authorization: "))?.slice(15);
      expect(shown).toBe(`${scheme} ${Buffer.from(pair).toString("base64")}`);
    },
  );

  it("means the same on several lines as on one", () => {
    const sent = exchange("PATCH", "/Users/1", OK, { body: '{"a":"it\'s"}' });
    const wrapped = curlOf(sent, { width: 60, indent: 4 }).command;
    expect(wrapped.split("\n").length).toBeGreaterThan(3);
    expect(pasted(wrapped)).toEqual(pasted(curlOf(sent).command));
  });

  it.each(["'", "''", "a'b'c", "\\'", "-d", "", " ", "*", "~", "{a,b}", "%s", "#", "é🚀", "@/etc/passwd"])(
    "hands the body %j over untouched",
    (body) => {
      const { args } = pasted(curlOf(exchange("POST", "/Users", OK, { body })).command);
      expect(bodyOf(args)).toBe(body);
    },
  );

  it("does not let curl read a file for a body that begins with @", () => {
    const { command } = curlOf(exchange("POST", "/Users", OK, { body: "@/etc/passwd" }));
    expect(command).toContain("--data-raw '@/etc/passwd'".replaceAll("'", ""));
    expect(command).not.toContain("--data-binary");
  });

  it.each(["a\nb", "\u001b[31m", "a\u0000b", "-n\u0007", "100%\t\\n'", "\u202eabc", "\u009b12345"])(
    "sends the bytes of %j through printf, since pasting them is not safe",
    (body) => {
      const { command } = curlOf(exchange("POST", "/Users", OK, { body }));
      expect(command).toMatch(/^[ -~]*$/);
      const { args, input } = pasted(command);
      expect(bodyOf(args)).toBe("@-");
      expect(input).toBe(body);
    },
  );

  it("reads the secret from the environment wherever the mask stands in a header or an address", () => {
    const headers = [
      ["Authorization", "«secret»"],
      ["X-Key", "it's «secret»!"],
    ] as const;
    const sent = exchange("GET", "/Users?token=%C2%ABsecret%C2%BB", OK, { headers });
    const { command } = curlOf(sent);
    expect(command).not.toContain("«");
    const { args } = pasted(command);
    expect(args).toContain("Authorization: t0k en'\"$x");
    expect(args).toContain("X-Key: it's t0k en'\"$x!");
    expect(args).toContain("https://staging.example.com/scim/v2/Users?token=t0k en'\"$x");
  });

  it("does not take a masked password in a body for the token", () => {
    const { command, note } = curlOf(exchange("POST", "/Users", OK, { body: '{"password":"«secret»"}' }));
    expect(bodyOf(pasted(command).args)).toBe('{"password":"«secret»"}');
    expect(note).toContain("another value");
  });

  it("keeps curl from adding headers of its own", () => {
    const { args } = pasted(
      curlOf(exchange("POST", "/Users", OK, { headers: [["X-Empty", ""]], body: "{}" })).command,
    );
    expect(args).toEqual(expect.arrayContaining(["X-Empty;", "Accept:", "User-Agent:", "Content-Type:"]));
    expect(args).not.toContain("--compressed");
  });

  it("leaves what curl works out itself to curl", () => {
    const headers = [
      ["Host", "x"],
      ["Content-Length", "2"],
      ["Connection", "Keep-Alive"],
    ] as const;
    expect(curlOf(exchange("GET", "/Users", OK, { headers })).command).not.toMatch(/Host|Length|Connection/);
  });

  it("keeps curl from expanding brackets and from tidying up dots, and knows HEAD", () => {
    const { args } = pasted(curlOf(exchange("HEAD", "/Users/../x?a[0]={b}", OK)).command);
    expect(args).toEqual(expect.arrayContaining(["--head", "--globoff", "--path-as-is"]));
    expect(args).not.toContain("-X");
  });

  it("leaves a very long body to a file and says so beside the command", () => {
    const { command, note } = curlOf(exchange("POST", "/Users", OK, { body: "x".repeat(5_000) }));
    expect(bodyOf(pasted(command).args)).toBe("@body");
    expect(note).toContain("5000 characters");
    for (const more of ["1 more character", "90 more characters", "1,234,567 more characters"]) {
      const cut = curlOf(exchange("POST", "/Users", OK, { body: `{"a… (${more})` }));
      expect(bodyOf(pasted(cut.command).args)).toBe("@body");
      expect(cut.note).toContain("too long for the report");
    }
  });
});
