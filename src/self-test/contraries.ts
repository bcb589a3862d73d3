import type { Answers, Observable, ObservableKind, ObservableOf } from "../model/observable.ts";

/** One way to do otherwise than a fact says. */
export interface Contrary {
  readonly observable: Observable;
  /** What the server does, in a few words. */
  readonly how: string;
}

type Kinds = { readonly [Kind in ObservableKind]?: (fact: ObservableOf<Kind>) => readonly Contrary[] };

const not = <Fact extends Observable>(fact: Fact, how = "does otherwise"): Contrary => ({
  observable: { ...fact, contrary: true },
  how,
});

const otherStatus = (status: number) => (status === 400 ? 422 : 400);

/** A status that is not among the permitted ones; where any refusal is, one that is no refusal. */
const otherAnswer = (answers: Answers): Answers =>
  answers.includes("refused") ? [501] : [[400, 422, 409].find((one) => !answers.includes(one)) ?? 418];

/** Kinds with more than one way; every other kind has one: it is not kept. */
const WAYS: Kinds = {
  limit: (fact) => [
    not(fact, "has no limit"),
    ...(typeof fact.beyond === "number"
      ? [{ observable: { ...fact, beyond: otherStatus(fact.beyond) }, how: "refuses with another status" }]
      : []),
  ],
  "unsupported-filter": (fact) => [
    not(fact),
    ...(fact.type === undefined
      ? []
      : [{ observable: { ...fact, type: "invalidValue" as const }, how: "says another scimType" }]),
  ],
  required: (fact) => [
    not(fact, "takes it"),
    { observable: { ...fact, answer: otherAnswer(fact.answer) }, how: "refuses with another status" },
  ],
  unique: (fact) => [
    not(fact, "takes a second one"),
    { observable: { ...fact, answer: otherAnswer(fact.answer) }, how: "refuses with another status" },
    ...(fact.on === "POST" && fact.case !== undefined
      ? [
          {
            observable: { ...fact, case: fact.case === "exact" ? ("ignored" as const) : ("exact" as const) },
            how: "compares letter case the other way",
          },
        ]
      : []),
  ],
  open: () => [],
  // Its parts are broken one by one, as the facts they are.
  journey: () => [],
};

/** The ways in which a server can break one observable. None for what is left open. */
export function contrariesOf(observable: Observable): readonly Contrary[] {
  const ways = WAYS[observable.kind] as ((fact: Observable) => readonly Contrary[]) | undefined;
  return ways === undefined ? [not(observable)] : ways(observable);
}
