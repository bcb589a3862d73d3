import { describe, expect, it } from "vitest";
import { everyoneOnce } from "../../../src/checks/named/everyone-once.ts";
import { fullPages } from "../../../src/checks/named/full-pages.ts";
import { honestPageSizes } from "../../../src/checks/named/honest-page-sizes.ts";
import { onOnePage } from "../../../src/checks/named/on-one-page.ts";
import { sameOrder } from "../../../src/checks/named/same-order.ts";
import { startIndexEchoed } from "../../../src/checks/named/start-index-echoed.ts";
import { wholeTotal } from "../../../src/checks/named/whole-total.ts";
import type { Check, Evidence } from "../../../src/model/evidence.ts";
import type { Json, JsonObject } from "../../../src/model/json.ts";
import { idsOf, type ListServer, pageOf, sound, walkOf } from "../okta/walk-of.ts";

const evidence = (server: ListServer, given: Readonly<Record<string, Json>> = {}): Evidence => {
  const { exchanges, facts } = walkOf(server, { walks: 2, ...given });
  return { step: "walk", exchanges, facts, earlier: new Map(), values: new Map() };
};

const people = idsOf(130);
const judged = (check: Check, server: ListServer, given: Readonly<Record<string, Json>> = {}) =>
  check.judge(evidence(server, given), { people }).kind;

const cappedAt =
  (cap: number): ListServer =>
  ({ startIndex, count }) =>
    pageOf(people, startIndex, Math.min(cap, count));

/** Page borders that are one too far, so that the first user is on no page. */
const zeroBased: ListServer = ({ startIndex, count }) =>
  pageOf(people, startIndex + 1, count, { startIndex });
/** Pages that overlap by one user. */
const overlapping: ListServer = ({ startIndex, count }) =>
  pageOf(people, Math.max(1, startIndex - 1), count, { startIndex });

describe("everyone-once", () => {
  it("holds for a sound server, also with strangers in between", () => {
    expect(judged(everyoneOnce, sound(130))).toBe("holds");
    expect(judged(everyoneOnce, sound(700))).toBe("holds");
  });

  it("takes people as members too", () => {
    const members = people.map((value) => ({ value, display: value }));
    expect(everyoneOnce.judge(evidence(sound(130)), { people: members }).kind).toBe("holds");
    expect(everyoneOnce.judge(evidence(zeroBased), { people: members }).kind).toBe("broken");
  });

  it.each<[string, ListServer]>([
    ["somebody is on no page", zeroBased],
    ["somebody is on two pages", overlapping],
    ["every page is the first", ({ startIndex, count }) => pageOf(people, 1, count, { startIndex })],
    [
      "totalResults is that of the page",
      ({ startIndex }) => pageOf(people, startIndex, 100, { totalResults: 100 }),
    ],
    [
      "a page is not answered with a list",
      ({ startIndex, count }) => (startIndex > 1 ? 500 : pageOf(people, 1, count)),
    ],
  ])("breaks when %s", (_what, server) => {
    expect(judged(everyoneOnce, server)).toBe("broken");
  });

  it("cannot tell when totalResults changed under it", () => {
    expect(
      judged(everyoneOnce, ({ startIndex, count, request }) =>
        pageOf(people, startIndex + 1, count, { startIndex, totalResults: 130 + request }),
      ),
    ).toBe("unknown");
  });

  it("cannot tell when only one of two walks missed somebody, as a stranger's write may cause", () => {
    expect(
      judged(everyoneOnce, ({ startIndex, count, request }) =>
        pageOf(people, request < 3 ? startIndex + 1 : startIndex, count, { startIndex }),
      ),
    ).toBe("unknown");
  });

  /** Strangers are first; between two pages one of them is deleted and another made, so that ours move up a place. */
  const busy: ListServer = ({ startIndex, count, request }) => {
    const strangers = idsOf(100).map((id) => `stranger-${id}`);
    const now = [
      ...strangers.slice(request),
      ...people,
      ...strangers.slice(0, request).map((id) => `${id}-new`),
    ];
    return pageOf(now, startIndex, count, { totalResults: 230 });
  };

  it("cannot tell when strangers come and go in every walk, which moves people between pages", () => {
    expect(judged(everyoneOnce, busy)).toBe("unknown");
  });

  it("breaks all the same when those who are not `people` are ours too", () => {
    const ours = idsOf(130).slice(100);
    const given = { people: people.slice(0, 100), ours: [ours] };
    expect(everyoneOnce.judge(evidence(zeroBased), given).kind).toBe("broken");
  });

  it("cannot tell of people behind the cut, but still sees who was doubled before it", () => {
    expect(judged(everyoneOnce, sound(500), { maxPages: 1 })).toBe("unknown");
    expect(
      judged(
        everyoneOnce,
        ({ startIndex, count }) => pageOf(idsOf(500), Math.max(1, startIndex - 1), count, { startIndex }),
        { maxPages: 2 },
      ),
    ).toBe("broken");
  });

  it("names --max-pages for a cut that it would move, and for no other", () => {
    const why = (more: JsonObject) => {
      const [walk] = evidence(sound(500), { maxPages: 1 }).facts.walks as readonly JsonObject[];
      const judgement = everyoneOnce.judge(
        { ...evidence(sound(500)), facts: { walks: [{ ...walk, ...more }] } },
        { people },
      );
      return judgement.kind === "unknown" ? judgement.why : "";
    };
    expect(why({})).toBe("the walk was cut after 1 page; --max-pages raises the limit");
    expect(why({ full: true })).toBe(
      "the walk was cut after 1 page: the ids in them are more than scim-check holds",
    );
  });

  it("cannot tell where the server caps its pages, because Okta does not say how it goes on", () => {
    expect(judged(everyoneOnce, cappedAt(50))).toBe("unknown");
  });

  it("breaks where a small directory loses its first user, which looks like a cap", () => {
    const few = idsOf(5);
    const server: ListServer = ({ startIndex, count }) => pageOf(few, startIndex + 1, count, { startIndex });
    expect(everyoneOnce.judge(evidence(server), { people: few }).kind).toBe("broken");
  });

  it("cannot tell when there is nobody of ours", () => {
    expect(everyoneOnce.judge(evidence(sound(10)), { people: [] }).kind).toBe("unknown");
  });

  it("says without weight that no page size divides the number of users", () => {
    expect(everyoneOnce.judge(evidence(sound(101), { exactMultiple: true }), { people })).toMatchObject({
      kind: "unknown",
      neutral: true,
    });
  });
});

describe("same-order", () => {
  const reversedAfter =
    (requests: number): ListServer =>
    ({ startIndex, count, request }) =>
      pageOf(request > requests ? people.toReversed() : people, startIndex, count);

  it("holds for a sound server, also where strangers come in between", () => {
    expect(judged(sameOrder, sound(130))).toBe("holds");
    expect(
      judged(sameOrder, ({ startIndex, count, request }) =>
        pageOf(request > 2 ? ["stranger", ...people] : people, startIndex, count),
      ),
    ).toBe("holds");
  });

  it("is open where every page is the same one, and breaks where such pages differ all the same", () => {
    const samePage: ListServer = ({ count }) => pageOf(people, 1, count);
    expect(judged(sameOrder, samePage)).toBe("unknown");
    const turned: ListServer = ({ count, request }) =>
      pageOf(request > 2 ? people.toReversed() : people, 1, count);
    expect(judged(sameOrder, turned)).toBe("broken");
  });

  it("holds where a cap hides some of them", () => {
    expect(judged(sameOrder, cappedAt(50))).toBe("holds");
  });

  it("breaks when the second walk has another order", () => {
    expect(judged(sameOrder, reversedAfter(2))).toBe("broken");
  });

  it("breaks when another page size has another order", () => {
    const server: ListServer = ({ startIndex, count }) =>
      pageOf(count < 100 ? people.toReversed() : people, startIndex, count);
    const earlier = new Map([["hundreds", evidence(server)]]);
    const smaller = { ...evidence(server, { count: 40 }), earlier };
    expect(sameOrder.judge(smaller, { people, as: "hundreds" }).kind).toBe("broken");
    const fine = {
      ...evidence(sound(130), { count: 40 }),
      earlier: new Map([["hundreds", evidence(sound(130))]]),
    };
    expect(sameOrder.judge(fine, { people, as: "hundreds" }).kind).toBe("holds");
  });

  it("goes by strangers where it saw fewer than two of our users, but blames nobody for them", () => {
    expect(sameOrder.judge(evidence(sound(130)), { people: ["nobody"] }).kind).toBe("holds");
    expect(sameOrder.judge(evidence(reversedAfter(2)), { people: ["u1"] }).kind).toBe("unknown");
  });

  it("cannot tell where nothing could be read", () => {
    expect(judged(sameOrder, () => 500)).toBe("unknown");
  });
});

describe("whole-total", () => {
  it("holds for a total that stands still", () => {
    expect(judged(wholeTotal, sound(130))).toBe("holds");
  });

  it("breaks for a total below the number of users known to be there", () => {
    expect(
      judged(wholeTotal, ({ startIndex, count }) => {
        const size = people.slice(startIndex - 1, startIndex - 1 + count).length;
        return pageOf(people, startIndex, count, { totalResults: size });
      }),
    ).toBe("broken");
  });

  it("breaks for a total below the number of strangers that were shown, and are shown again", () => {
    expect(
      judged(wholeTotal, ({ startIndex, count }) =>
        pageOf(idsOf(300), startIndex, count, { totalResults: startIndex === 1 ? 300 : 150 }),
      ),
    ).toBe("broken");
  });

  it("cannot tell who moved a total, though it moves alike in every walk: others work in rounds too", () => {
    const round: ListServer = ({ startIndex, count }) =>
      pageOf(people, startIndex, count, { totalResults: startIndex === 1 ? 132 : 131 });
    expect(judged(wholeTotal, round)).toBe("unknown");
  });

  it("cannot tell who moved a total that is high enough", () => {
    expect(
      judged(wholeTotal, ({ startIndex, count, request }) => pageOf(idsOf(140 + request), startIndex, count)),
    ).toBe("unknown");
  });
});

describe("start-index-echoed", () => {
  it("holds for a sound server, and for a whole list without startIndex", () => {
    expect(judged(startIndexEchoed, sound(130))).toBe("holds");
    expect(judged(startIndexEchoed, () => ({ totalResults: 1, Resources: [{ id: "u1" }] }))).toBe("holds");
  });

  it("breaks for a page that calls itself the first, counts from 0, or says nothing", () => {
    expect(
      judged(startIndexEchoed, ({ startIndex, count }) =>
        pageOf(people, startIndex, count, { startIndex: 1 }),
      ),
    ).toBe("broken");
    expect(
      judged(startIndexEchoed, ({ startIndex, count }) =>
        pageOf(people, startIndex, count, { startIndex: startIndex - 1 }),
      ),
    ).toBe("broken");
    expect(
      judged(startIndexEchoed, ({ startIndex, count }) =>
        pageOf(people, startIndex, count, { startIndex: null }),
      ),
    ).toBe("broken");
  });
});

describe("full-pages and honest-page-sizes", () => {
  it("hold for a sound server", () => {
    expect(judged(fullPages, sound(130))).toBe("holds");
    expect(judged(honestPageSizes, sound(130))).toBe("holds");
  });

  it("leave it to everyone-once when somebody is lost from a page", () => {
    expect(judged(fullPages, zeroBased)).toBe("unknown");
  });

  it("tell a cap from a lie about it", () => {
    expect(judged(fullPages, cappedAt(50))).toBe("broken");
    expect(judged(honestPageSizes, cappedAt(50))).toBe("holds");
    expect(
      judged(honestPageSizes, ({ startIndex, count }) =>
        pageOf(people, startIndex, count, { itemsPerPage: count }),
      ),
    ).toBe("broken");
  });

  it("do not ask for itemsPerPage of a whole list", () => {
    expect(judged(honestPageSizes, () => ({ totalResults: 1, Resources: [{ id: "u1" }] }))).toBe("holds");
  });

  it("say without weight that a small directory fills no page", () => {
    expect(fullPages.judge(evidence(sound(7)), {})).toMatchObject({ kind: "unknown", neutral: true });
  });
});

describe("on-one-page", () => {
  const group: Json = {
    id: "g1",
    displayName: "A Team",
    active: false,
    members: [{ value: "u1", type: "User" }],
  };
  const withGroup: ListServer = () => ({ totalResults: 2, Resources: [{ id: "g0" }, group] });
  const look = (
    server: ListServer,
    given: Readonly<Record<string, Json>> = {},
    walk: Readonly<Record<string, Json>> = {},
  ) => onOnePage.judge(evidence(server, { lookFor: "g1", walks: 1, ...walk }), given).kind;

  it("holds for a resource that is listed and shows what it should, among other things", () => {
    expect(look(withGroup)).toBe("holds");
    expect(
      look(withGroup, { shows: { displayName: "A Team", active: false, members: [{ value: "u1" }] } }),
    ).toBe("holds");
  });

  it("breaks for another value, an attribute that is missing, or a member that is not shown", () => {
    expect(look(withGroup, { shows: { active: true } })).toBe("broken");
    expect(look(withGroup, { shows: { nickName: "A" } })).toBe("broken");
    expect(look(withGroup, { shows: { members: [{ value: "u2" }] } })).toBe("broken");
  });

  it("breaks for a resource that is not listed, or listed twice", () => {
    expect(look(sound(5))).toBe("broken");
    expect(look(() => ({ totalResults: 2, Resources: [group, group] }))).toBe("broken");
  });

  it("lets a resource be absent where that is permitted, if it was there before", () => {
    const leftAfter = (before: ListServer) => {
      const walk = evidence(sound(5), { lookFor: "g1", walks: 1 });
      const earlier = new Map([["before", evidence(before, { lookFor: "g1", walks: 1 })]]);
      const given = { ifListed: true, listedBy: "before", shows: { active: false } };
      return onOnePage.judge({ ...walk, earlier }, given).kind;
    };
    expect(leftAfter(withGroup)).toBe("holds");
    expect(leftAfter(sound(5))).toBe("unknown");
    expect(look(sound(5), { ifListed: true, shows: { active: false } })).toBe("unknown");
  });

  it("cannot tell of what may lie behind the cut", () => {
    expect(look(sound(300), {}, { maxPages: 2 })).toBe("unknown");
    expect(look(sound(300), { ifListed: true }, { maxPages: 2 })).toBe("unknown");
  });
});
