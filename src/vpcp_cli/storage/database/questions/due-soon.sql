SELECT workspace, id, text, lead, last_day, -days AS days_left
FROM task_now
WHERE open AND timeliness = 'due_soon'
ORDER BY last_day, workspace, id
LIMIT 50
