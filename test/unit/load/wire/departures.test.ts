import { expect, it } from "vitest";
import { Departures } from "../../../../src/load/wire/departures.ts";

/** Requests as they are written, and the loop's next turn. */
function watched() {
  const written: number[] = [];
  const departures = new Departures();
  const add = (request: number) => departures.add({ depart: () => written.push(request) });
  const nextTurn = () => new Promise<void>((resolve) => setImmediate(resolve));
  return { written, add, nextTurn };
}

it("writes requests that follow from answers read together once all of these are read, in their order", async () => {
  const { written, add, nextTurn } = watched();
  for (const request of [1, 2, 3]) add(request);
  expect(written).toEqual([]);
  await nextTurn();
  expect(written).toEqual([1, 2, 3]);
});

it("lets none of more than 64 wait for the rest", () => {
  const { written, add } = watched();
  for (let request = 1; request <= 65; request += 1) add(request);
  expect(written).toHaveLength(64);
});

it("writes a request at once where answers come one by one, and looks again after 60 whether they still do", async () => {
  const { written, add, nextTurn } = watched();
  for (let request = 1; request <= 4; request += 1) {
    add(request);
    expect(written).toHaveLength(request - 1);
    await nextTurn();
  }
  for (let request = 5; request <= 64; request += 1) {
    add(request);
    expect(written).toHaveLength(request);
  }
  for (const request of [65, 66]) add(request);
  expect(written, "these wait for each other").toHaveLength(64);
  await nextTurn();
  for (const request of [67, 68]) add(request);
  expect(written, "they came together, and go on so").toHaveLength(66);
  await nextTurn();
  expect(written).toEqual(Array.from({ length: 68 }, (_, index) => index + 1));
});
