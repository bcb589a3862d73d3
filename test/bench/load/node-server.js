// The same answers as server.c from bare node:http, with every body parsed: `node node-server.js`, prints its port.
import { createServer } from "node:http";

const counts = { POST: 0, PUT: 0, PATCH: 0, DELETE: 0, GET: 0 };
let issued = 0;

const server = createServer((request, response) => {
  if (request.url === "/counts") {
    response.end(JSON.stringify(counts));
    return;
  }
  const parts = [];
  request.on("data", (part) => parts.push(part));
  request.on("end", () => {
    counts[request.method] += 1;
    const sent = parts.length === 0 ? {} : JSON.parse(Buffer.concat(parts).toString());
    if (request.method === "PATCH" || request.method === "DELETE") {
      response.writeHead(204).end();
      return;
    }
    issued += 1;
    const id = `00000000-4f3a-4d1b-9c7e-${String(issued).padStart(12, "0")}`;
    const meta = {
      resourceType: "User",
      created: "2026-01-01T00:00:00Z",
      lastModified: "2026-01-01T00:00:00Z",
    };
    const text = JSON.stringify({ ...sent, password: undefined, id, meta });
    response.writeHead(request.method === "POST" ? 201 : 200, {
      "content-type": "application/scim+json",
      "content-length": Buffer.byteLength(text),
    });
    response.end(text);
  });
});
server.listen(0, "127.0.0.1", () => console.log(server.address().port));
