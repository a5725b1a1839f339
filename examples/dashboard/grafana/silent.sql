SELECT n.workspace, n.id, n.text, n.lead, coalesce(n.last_entry, t.exists_from) AS silent_since
FROM task_now n
JOIN task t ON t.workspace = n.workspace AND t.id = n.id
WHERE n.open AND n.counted
ORDER BY silent_since, n.workspace, n.id
LIMIT 20
