SELECT workspace, count(*) AS entries,
       sum(CASE WHEN struck_by IS NOT NULL THEN 1 ELSE 0 END) AS struck,
       sum(CASE WHEN recorded > date THEN 1 ELSE 0 END) AS written_later
FROM entry
WHERE NOT void
GROUP BY workspace
ORDER BY struck DESC, workspace
