import { describe, expect, it } from "vitest";
import type { Host } from "../../../src/cli/host.ts";
import { type LoadKind, loadScreen } from "../../../src/cli/load-screen.ts";
import type { LoadPreview } from "../../../src/index.ts";

// Only what is told before a load is looked at.
const PREVIEW = {
  plan: { name: "smoke" },
  target: "https://staging.example.com",
  remarks: [] as LoadPreview["remarks"],
  cost: { users: 55, groups: 3, requests: 81, isGuess: false },
} as LoadPreview;

function told(kind: LoadKind): string {
  let written = "";
  const stderr = {
    columns: 200,
    write: (text: string) => {
      written += text;
      return true;
    },
  };
  loadScreen({ stderr, env: {} } as unknown as Host, false, kind).prepared(PREVIEW);
  return written.replaceAll(/\s+/g, " ");
}

describe("what is told before a load", () => {
  it("says that what it makes is removed, unless it is to be kept", () => {
    expect(told({ isSearch: false })).toContain("in 81 requests, and removes them afterwards.");
    expect(told({ isSearch: false, isKept: true })).toContain("in 81 requests, and leaves them there.");
  });
});
