SELECT workspace AS metric,
       round(100.0 * (done_on_time + done_late) / nullif(done_on_time + done_late + overdue, 0), 1) AS value
FROM count_now
ORDER BY workspace
