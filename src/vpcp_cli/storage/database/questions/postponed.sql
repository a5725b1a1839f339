SELECT workspace, lead, count(*) AS tasks, sum(postponements) AS times, max(postponements) AS most
FROM task_now
WHERE counted AND postponements > 0
GROUP BY workspace, lead
ORDER BY times DESC, workspace, lead
LIMIT 20
