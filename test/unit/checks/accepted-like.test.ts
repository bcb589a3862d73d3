import { describe, expect, it } from "vitest";
import { acceptedLike } from "../../../src/checks/named/accepted-like.ts";
import { evidenceOf, exchangeOf, silence } from "./evidence-of.ts";

const kindOf = (status: number, plainStatus: number) =>
  acceptedLike.judge(evidenceOf(status, {}, { earlier: { plain: exchangeOf(plainStatus) } }), { as: "plain" })
    .kind;

describe("accepted-like", () => {
  it("holds for any success", () => {
    expect(kindOf(200, 201)).toBe("holds");
    expect(kindOf(204, 500)).toBe("holds");
  });

  it("breaks when only the request with the addition is refused", () => {
    expect(kindOf(400, 201)).toBe("broken");
    const earlier = evidenceOf(200, {}, { earlier: { plain: exchangeOf(201) } }).earlier;
    expect(acceptedLike.judge({ ...silence, earlier }, { as: "plain" }).kind).toBe("broken");
  });

  it("stays open when the plain request was refused as well, or never sent", () => {
    expect(kindOf(400, 400)).toBe("unknown");
    expect(acceptedLike.judge(evidenceOf(400), { as: "plain" }).kind).toBe("unknown");
  });
});
