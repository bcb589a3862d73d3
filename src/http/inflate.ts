import { promisify } from "node:util";
import { brotliDecompress, gunzip, inflate, inflateRaw } from "node:zlib";

/** The plain bytes, or why there are none. `too-large` and `malformed` are the model's reasons for silence. */
export type Inflated =
  | { readonly ok: true; readonly bytes: Buffer }
  | { readonly ok: false; readonly reason: "too-large" | "malformed"; readonly why: string };

type Decode = (bytes: Buffer, limits: { readonly maxOutputLength: number }) => Promise<Buffer>;

const zlibInflate = promisify(inflate) as Decode;
const zlibInflateRaw = promisify(inflateRaw) as Decode;

/** `deflate` means zlib's format (RFC 9110 8.4.1.2), but servers that send the bare one are too many to fail. */
const deflateEither: Decode = (bytes, limits) => {
  const [first = 0, second = 0] = bytes;
  const hasZlibHeader = (first & 0x0f) === 8 && (first * 256 + second) % 31 === 0;
  return hasZlibHeader ? zlibInflate(bytes, limits) : zlibInflateRaw(bytes, limits);
};

const DECODERS: Readonly<Record<string, Decode>> = {
  gzip: promisify(gunzip) as Decode,
  "x-gzip": promisify(gunzip) as Decode,
  deflate: deflateEither,
  br: promisify(brotliDecompress) as Decode,
};

/**
 * Undoes the content codings of a body, the last one applied first.
 * @param contentEncoding the values of all Content-Encoding headers, in order
 * @param maxBytes a body that grows beyond this is given up: a few kilobytes can inflate to gigabytes
 */
export async function inflateBody(
  body: Buffer,
  contentEncoding: readonly string[],
  maxBytes: number,
): Promise<Inflated> {
  const codings = contentEncoding
    .flatMap((value) => value.split(","))
    .map((coding) => coding.trim().toLowerCase())
    .filter((coding) => coding !== "" && coding !== "identity");
  let bytes = body;
  // A 204, a 304 and the answer to HEAD may name a coding although nothing was coded.
  if (bytes.length === 0) return { ok: true, bytes };
  for (const coding of codings.reverse()) {
    const decode = Object.hasOwn(DECODERS, coding) ? DECODERS[coding] : undefined;
    if (decode === undefined) {
      return { ok: false, reason: "malformed", why: `the content coding ${coding} was not asked for` };
    }
    try {
      bytes = await decode(bytes, { maxOutputLength: maxBytes });
    } catch (error) {
      if ((error as { code?: unknown }).code === "ERR_BUFFER_TOO_LARGE") {
        return { ok: false, reason: "too-large", why: `it inflates to more than ${maxBytes} bytes` };
      }
      return { ok: false, reason: "malformed", why: `its ${coding} coding is damaged or cut short` };
    }
  }
  return { ok: true, bytes };
}
