SELECT month_end AS time, sum(counted) AS counted, sum(done) AS done, sum(overdue) AS overdue
FROM count_by_month_end
WHERE $__timeFilter(month_end)
GROUP BY month_end
ORDER BY month_end
