SELECT workspace, timeliness, count(*) AS tasks
FROM state
WHERE since <= '2022-06-30' AND coalesce(until, '9999-12-31') > '2022-06-30' AND counted
GROUP BY workspace, timeliness
ORDER BY workspace, tasks DESC, timeliness
