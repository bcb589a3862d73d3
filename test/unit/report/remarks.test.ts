import { describe, expect, it } from "vitest";
import { FORMATS } from "../../../src/report/formats.ts";
import { REMARKS, sampleReport, soundReport, stoppedReport } from "./sample-report.ts";

const [diagnosis] = REMARKS.diagnoses;
const said = [...REMARKS.notes, diagnosis.symptom, diagnosis.cause, diagnosis.remedy, diagnosis.seen];

/** A text as its reader sees it: lines flow, and no character is an escape of another. */
const read = (text: string) =>
  text.replaceAll("&amp;", "&").replaceAll("%3A", ":").replaceAll("\\", "").replaceAll(/\s+/g, " ");

describe.each([
  ["a run with failures", sampleReport()],
  ["a sound run", soundReport()],
  ["a stopped run", stoppedReport()],
])("what to know about %s, and the documented troubles that it ran into,", (_, report) => {
  it.each(FORMATS.map((format) => [format.name, format] as const))("stand in %s", (_name, format) => {
    const shown = read(format.render({ ...report, ...REMARKS }, {}));
    expect(said.filter((sentence) => !shown.includes(read(sentence)))).toEqual([]);
    // They come from the report and are not always there.
    const without = read(format.render({ ...report, notes: [], diagnoses: [] }, {}));
    expect(said.filter((sentence) => without.includes(read(sentence)))).toEqual([]);
  });
});
