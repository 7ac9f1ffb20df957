-- Counts each key once in a window of so many seconds, and says how long the window still lasts (us) and how often each
-- was counted. KEYS: what is counted. ARGV: the window, in s.
local window = tonumber(ARGV[1])
local current = math.floor(time[1] / window)
local answer = {(current + 1) * window * 1000000 - now}
for _, counted in ipairs(KEYS) do
  local key = counted .. ':' .. current
  answer[#answer + 1] = redis.call('INCR', key)
  redis.call('EXPIRE', key, window)
end
return answer
