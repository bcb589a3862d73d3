-- wrk: the same bytes in every request; no reply is looked at.
local file = assert(io.open(os.getenv("BODY"), "r"))
wrk.method = os.getenv("METHOD")
wrk.body = file:read("*a")
file:close()
