SELECT p.workspace, p.task, count(*) AS parts, sum(CASE WHEN p.open THEN 1 ELSE 0 END) AS open,
       sum(CASE WHEN p.timeliness = 'overdue' THEN 1 ELSE 0 END) AS overdue
FROM part p
JOIN day_now d ON d.workspace = p.workspace
WHERE p.since <= d.day AND coalesce(p.until, '9999-12-31') > d.day AND p.counted
GROUP BY p.workspace, p.task
ORDER BY overdue DESC, p.workspace, p.task
LIMIT 20
