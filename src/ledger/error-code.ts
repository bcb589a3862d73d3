/** The code of a failure of the file system, such as `ENOSPC`. */
export const errorCode = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? "unknown error";
