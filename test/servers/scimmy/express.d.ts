/** The little of Express 4 that this server calls; the package brings no types of its own. */
declare module "express" {
  import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";

  namespace express {
    interface Request extends IncomingMessage {
      header(name: string): string | undefined;
    }
    type Next = (error?: unknown) => void;
    type Handler = (request: Request, response: ServerResponse, next: Next) => void;
    type ErrorHandler = (error: unknown, request: Request, response: ServerResponse, next: Next) => void;
    type Router = (request: Request, response: ServerResponse, next: Next) => void;
    interface Application extends RequestListener {
      use(path: string, handler: Handler): this;
      use(handler: ErrorHandler): this;
    }
  }
  function express(): express.Application;
  export import Router = express.Router;
  export default express;
}
