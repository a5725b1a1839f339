SELECT t.workspace, t.lead, u.name, count(*) AS overdue, max(t.days) AS longest
FROM task_now t
LEFT JOIN unit u ON u.workspace = t.workspace AND u.code = t.lead
WHERE t.counted AND t.timeliness = 'overdue'
GROUP BY t.workspace, t.lead, u.name
ORDER BY overdue DESC, longest DESC, t.workspace, t.lead
LIMIT 20
