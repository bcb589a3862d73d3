// `node floor.js WORK PORT SECONDS BODYFILE`: the least that a load over Node's public sockets costs. 64 connections, one
// write and one read a request, a person of its own and the id of every reply in `create`; no schedule, no clock, no
// counts, no checks, no deadlines, no parser. No tool: what lies between it and a tool in Node is the tool's own.
import { readFileSync } from "node:fs";
import { connect } from "node:net";

const [work, port, seconds, bodyFile] = process.argv.slice(2);
const body = readFileSync(bodyFile, "latin1");
const [start, path] = work === "push-1000" ? ["PATCH", "/scim/v2/Groups/1"] : ["POST", "/scim/v2/Users"];
const head = [
  `${start} ${path} HTTP/1.1`,
  `host: 127.0.0.1:${port}`,
  "connection: keep-alive",
  "Accept: application/scim+json",
  "Accept-Charset: utf-8",
  "User-Agent: Okta SCIM Client 1.0.0",
  "Accept-Encoding: gzip,deflate",
  "Content-Type: application/scim+json; charset=utf-8",
  "Authorization: Bearer bench-0123456789abcdefghijklmnopqrstuvwxyz",
  "content-length: ",
].join("\r\n");
const [before, between, after] = body.split("someone@example.com");
const same = Buffer.from(`${head}${body.length}\r\n\r\n${body}`, "latin1");
let made = 0;
let captured = 0;

function request() {
  if (work !== "create") return same;
  made += 1;
  const name = `scim-check-floor-${made}@example.com`;
  const own = before + name + between + name + after;
  return `${head}${own.length}\r\n\r\n${own}`;
}

const buffer = Buffer.alloc(256 * 1024);
const due = [];

/** As our own connections do: what follows from answers that came together is written together. */
function write() {
  for (const socket of due) socket.write(request(), "latin1");
  due.length = 0;
}

for (let one = 0; one < 64; one += 1) {
  const callback = (count) => {
    const at = work === "create" ? buffer.indexOf('"id":"', 0, "latin1") : -1;
    if (at !== -1 && at < count && buffer.toString("latin1", at + 6, at + 42).length === 36) captured += 1;
    if (due.push(socket) === 1) setImmediate(write);
    return true;
  };
  const socket = connect({ port, host: "127.0.0.1", onread: { buffer, callback } });
  socket.setNoDelay(true);
  socket.once("connect", () => socket.write(request(), "latin1"));
}
setTimeout(() => {
  console.log(JSON.stringify({ made, captured }));
  process.exit(0);
}, Number(seconds) * 1000);
