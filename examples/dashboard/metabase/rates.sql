SELECT workspace, counted, done, overdue,
       round(100.0 * done / nullif(counted, 0), 1) AS of_all,
       round(100.0 * (done_on_time + done_late) / nullif(done_on_time + done_late + overdue, 0), 1) AS of_due
FROM count_now
ORDER BY of_due, workspace
