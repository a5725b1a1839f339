SELECT t.id, t.text, coalesce(u.short, u.name, t.lead) AS lead, t.last_day, t.days
FROM task_now t
LEFT JOIN unit u ON u.workspace = t.workspace AND u.code = t.lead
WHERE t.counted AND t.timeliness = 'overdue' AND t.workspace = {{workspace}}
ORDER BY t.days DESC, t.id
