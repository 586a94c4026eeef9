-- Of `units`, how many said that nothing arose: whether that is a 0 is the indicator's rule (src/rollup).
ALTER TABLE rollup ADD COLUMN nil BIGINT NOT NULL DEFAULT 0;

-- states 1 submitted, 2 approved, 3 received; basis 0 counts all of them, 1 the last two
UPDATE rollup SET nil = counted.nil FROM (
	SELECT v.province_id, s.assignment_id, v.period, b.basis, v.indicator_id, count(*) AS nil
	FROM (SELECT CAST(0 AS BIGINT) AS basis UNION ALL SELECT 1) b
	JOIN submission s ON s.state > b.basis AND s.state < 4
	JOIN submission_value v ON v.province_id = s.province_id AND v.period = s.period
		AND v.submission_id = s.id AND v.version = s.version
	WHERE v.nil = 1
	GROUP BY v.province_id, s.assignment_id, v.period, b.basis, v.indicator_id
) counted
WHERE rollup.province_id = counted.province_id AND rollup.assignment_id = counted.assignment_id
	AND rollup.period = counted.period AND rollup.basis = counted.basis
	AND rollup.indicator_id = counted.indicator_id;
