-- wrk: a person of its own in every request, and the id of every reply taken out of it.
local count, captured, thread = 0, 0, 0
local file = assert(io.open(os.getenv("BODY"), "r"))
local before, between, after = file:read("*a"):match("^(.-)someone@example.com(.-)someone@example.com(.*)$")
file:close()

function setup(one)
  one:set("id", thread)
  thread = thread + 1
end

function request()
  count = count + 1
  local name = "scim-check-wrk" .. id .. "-" .. count .. "@example.com"
  return wrk.format("POST", "/scim/v2/Users", nil, before .. name .. between .. name .. after)
end

function response(status, headers, body)
  if string.match(body, '"id":"([^"]+)"') then captured = captured + 1 end
end
