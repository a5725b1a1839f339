SELECT month_end, count(*) AS workspaces, sum(counted) AS counted, sum(done) AS done, sum(overdue) AS overdue
FROM count_by_month_end
GROUP BY month_end
ORDER BY month_end DESC
LIMIT 24
