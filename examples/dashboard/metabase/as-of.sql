SELECT workspace, timeliness, count(*) AS tasks
FROM state
WHERE counted AND since <= {{day}} AND coalesce(until, '9999-12-31') > {{day}}
GROUP BY workspace, timeliness
ORDER BY workspace, timeliness
