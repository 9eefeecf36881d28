-- Health of the kinds of eventbackbone.io in Argo CD. It reads what kstatus reads, so that both agree: the
-- observed generation, and the conditions Stalled and Ready. It uses none of Lua's libraries, because Argo CD
-- does not give them to health checks.

local function health(status, message)
  return {status = status, message = message}
end

local conditions = {}
if obj.status ~= nil and obj.status.conditions ~= nil then
  for _, condition in ipairs(obj.status.conditions) do
    conditions[condition.type] = condition
  end
end
local ready = conditions["Ready"]
local stalled = conditions["Stalled"]

if obj.metadata.deletionTimestamp ~= nil then
  if ready ~= nil and ready.reason == "DeletionBlocked" then
    return health("Progressing", ready.message)
  end
  return health("Progressing", "is being deleted")
end

if ready == nil or obj.status.observedGeneration ~= obj.metadata.generation then
  return health("Progressing", "the operator has not seen this generation yet")
end

if stalled ~= nil and stalled.status == "True" then
  return health("Degraded", stalled.message)
end

-- A suspended subscription is healthy: it is as its spec says, and its message says that it is suspended. Argo
-- CD's state Suspended would hold up a sync of several waves, and with it the commit that ends the suspension.
if ready.status == "True" then
  return health("Healthy", ready.message)
end

return health("Progressing", ready.message)
