import { describe, expect, it } from "vitest";
import { findByMarker } from "../../../src/engine/find-by-marker.ts";
import { searchAll } from "../../../src/engine/search-made.ts";
import type { Json } from "../../../src/model/json.ts";
import type { Playable, Reply } from "../../../src/model/play.ts";
import { speak } from "../../../src/okta/headers.ts";
import { answered } from "../conformance/bench.ts";

const isOurs = (name: string) => name.toLowerCase().includes("ours");
const ADA = { collection: "Users", name: "ours-1" } as const;

/** What comes of a search that is answered with these resources, each time. */
function answeredWith<Result>(playable: Playable<Result>, resources: readonly Json[]): Result {
  let next = playable.next();
  while (next.done !== true) {
    const demand = next.value;
    const requests =
      demand.kind === "send" ? [demand.request] : demand.kind === "send-at-once" ? demand.requests : [];
    const exchanges = requests.map((request) =>
      answered(request, 200, { totalResults: resources.length, Resources: resources }),
    );
    next = playable.next({ exchanges, now: 0 } as unknown as Reply);
  }
  return next.value;
}

describe("what a list shows without an id", () => {
  it("is told as left by a search by name", () => {
    const searched = answeredWith(searchAll([ADA], { speak, isOurs }), [{ userName: "Ours-1" }]);
    expect(searched).toEqual({
      found: [],
      missing: [],
      unclear: [{ ...ADA, state: "left", why: "the search shows it without an id" }],
    });
  });

  it("is removed by the address that an answer told", () => {
    const searched = answeredWith(searchAll([{ ...ADA, located: "7" }], { speak, isOurs }), [
      { userName: "ours-1" },
    ]);
    expect(searched).toMatchObject({ found: [{ ...ADA, id: "7" }], unclear: [] });
  });

  it("keeps a walk of the collection from saying that nothing is there, unless it is a stranger", () => {
    const walk = (userName: string) => answeredWith(findByMarker("Users", isOurs, speak), [{ userName }]);
    expect(walk("ours-1")).toEqual({
      found: [],
      problem: "the list of Users shows what is to be removed without an id",
    });
    expect(walk("theirs")).toEqual({ found: [] });
  });
});
