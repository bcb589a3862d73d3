/** Hands a command's exit code to whoever started it. */
export type SetExitCode = (code: number) => void;
