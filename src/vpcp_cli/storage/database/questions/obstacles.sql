SELECT n.workspace, n.id, n.lead, e.date, e.obstacle, e.reported_to
FROM task_now n
JOIN entry e ON e.workspace = n.workspace AND e.task = n.id
WHERE n.open AND n.obstacle AND e.obstacle IS NOT NULL AND e.struck_by IS NULL
  AND NOT EXISTS (
    SELECT 1 FROM entry r
    WHERE r.workspace = e.workspace AND r.task = e.task AND r.resolved IS NOT NULL AND r.struck_by IS NULL
      AND r.date >= e.date AND coalesce(r.key, e.key, '') = coalesce(e.key, '')
  )
ORDER BY e.date, n.workspace, n.id
LIMIT 50
