// k6: 64 virtual users; `WORK`, `PORT`, `SECONDS` and `BODY` come from the environment.
import { check } from "k6";
import http from "k6/http";

const body = open(__ENV.BODY);
const url = `http://127.0.0.1:${__ENV.PORT}/scim/v2`;
const params = {
  headers: {
    "content-type": "application/scim+json; charset=utf-8",
    authorization: "Bearer bench-0123456789abcdefghijklmnopqrstuvwxyz",
  },
};
export const options = { vus: 64, duration: `${__ENV.SECONDS}s` };

export default function () {
  if (__ENV.WORK === "push-1000") {
    check(http.patch(`${url}/Groups/1`, body, params), { 204: (reply) => reply.status === 204 });
    return;
  }
  const name = `scim-check-k6-${__VU}-${__ITER}@example.com`;
  const own = __ENV.WORK === "create" ? body.split("someone@example.com").join(name) : body;
  const reply = http.post(`${url}/Users`, own, params);
  check(reply, { 201: (one) => one.status === 201 });
  if (__ENV.WORK === "create") reply.json("id");
}
