import { promisify } from "node:util";
import {
  brotliDecompress,
  brotliDecompressSync,
  gunzip,
  gunzipSync,
  inflate,
  inflateRaw,
  inflateRawSync,
  inflateSync,
} from "node:zlib";

/** The plain bytes, or why there are none. `too-large` and `malformed` are the model's reasons for silence. */
export type Inflated =
  | { readonly ok: true; readonly bytes: Buffer }
  | { readonly ok: false; readonly reason: "too-large" | "malformed"; readonly why: string };

type Decode = (bytes: Buffer, limits: { readonly maxOutputLength: number }) => Promise<Buffer>;

const zlibInflate = promisify(inflate) as Decode;
const zlibInflateRaw = promisify(inflateRaw) as Decode;

/** `deflate` means zlib's format (RFC 9110 8.4.1.2), but servers that send the bare one are too many to fail. */
const deflateEither: Decode = (bytes, limits) => {
  return hasZlibHeader(bytes) ? zlibInflate(bytes, limits) : zlibInflateRaw(bytes, limits);
};

function hasZlibHeader([first = 0, second = 0]: Buffer): boolean {
  return (first & 0x0f) === 8 && (first * 256 + second) % 31 === 0;
}

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
  let bytes = body;
  // A 204, a 304 and the answer to HEAD may name a coding although nothing was coded.
  if (bytes.length === 0) return { ok: true, bytes };
  for (const coding of codingsIn(contentEncoding)) {
    const decode = Object.hasOwn(DECODERS, coding) ? DECODERS[coding] : undefined;
    if (decode === undefined) return unasked(coding);
    try {
      bytes = await decode(bytes, { maxOutputLength: maxBytes });
    } catch (error) {
      return damaged(coding, error, maxBytes);
    }
  }
  return { ok: true, bytes };
}

type DecodeNow = (bytes: Buffer, limits: { readonly maxOutputLength: number }) => Buffer;

const DECODERS_NOW: Readonly<Record<string, DecodeNow>> = {
  gzip: gunzipSync,
  "x-gzip": gunzipSync,
  deflate: (bytes, limits) => (hasZlibHeader(bytes) ? inflateSync : inflateRawSync)(bytes, limits),
  br: brotliDecompressSync,
};

/** Like `inflateBody`, at once: under load answers are small, and a turn through the thread pool costs more. */
export function inflateBodyNow(body: Buffer, contentEncoding: readonly string[], maxBytes: number): Inflated {
  let bytes = body;
  for (const coding of codingsIn(contentEncoding)) {
    const decode = Object.hasOwn(DECODERS_NOW, coding) ? DECODERS_NOW[coding] : undefined;
    if (decode === undefined) return unasked(coding);
    try {
      bytes = decode(bytes, { maxOutputLength: maxBytes });
    } catch (error) {
      return damaged(coding, error, maxBytes);
    }
  }
  return { ok: true, bytes };
}

/** The codings to undo, the last one applied first. */
function codingsIn(contentEncoding: readonly string[]): readonly string[] {
  return contentEncoding
    .flatMap((value) => value.split(","))
    .map((coding) => coding.trim().toLowerCase())
    .filter((coding) => coding !== "" && coding !== "identity")
    .reverse();
}

function unasked(coding: string): Inflated {
  return { ok: false, reason: "malformed", why: `the content coding ${coding} was not asked for` };
}

function damaged(coding: string, error: unknown, maxBytes: number): Inflated {
  if ((error as { code?: unknown }).code === "ERR_BUFFER_TOO_LARGE") {
    return { ok: false, reason: "too-large", why: `it inflates to more than ${maxBytes} bytes` };
  }
  return { ok: false, reason: "malformed", why: `its ${coding} coding is damaged or cut short` };
}
