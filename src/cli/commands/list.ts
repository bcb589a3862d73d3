import { BadInput, type ListSubject, list, SUBJECTS } from "../../index.ts";
import { didYouMean } from "../../model/suggest.ts";
import type { Host } from "../host.ts";
import { styleFor, widthOf } from "../terminal.ts";

/** `scim-check list [subject]` */
export async function listCommand(
  subject: string,
  options: { readonly scenarios?: readonly string[] },
  host: Host,
): Promise<number> {
  const known = SUBJECTS.find((one): one is ListSubject => one === subject);
  if (known === undefined) {
    const what = `${JSON.stringify(subject)} is nothing that can be listed.`;
    throw new BadInput([{ place: { file: "list" }, what, next: didYouMean(subject, SUBJECTS) }]);
  }
  host.stdout.write(
    await list(known, {
      width: widthOf(host.stdout.columns),
      style: styleFor(host, "stdout"),
      ...(options.scenarios === undefined ? {} : { scenarios: options.scenarios }),
    }),
  );
  return 0;
}
