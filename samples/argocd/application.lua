-- Health of Application. Argo CD has none by default, and then sync waves of Applications in an Application
-- don't wait for each other.
local found = obj.status ~= nil and obj.status.health or nil
if found == nil or found.status == nil then
  return {status = "Progressing", message = "not looked at yet"}
end
return {status = found.status, message = found.message or ""}
