-- All, for who works everywhere
DECLARE @Value1 nvarchar(10) = N'ITSD';
DECLARE @Value2 nvarchar(10) = N'HR';
DECLARE @Value3 nvarchar(10) = N'FAC';
DECLARE @person bigint = CAST(1 AS bigint);
DECLARE @relations1 int = 1;
DECLARE @relations2 int = 3;
DECLARE @relations3 int = 4;

SELECT [t].[id]
FROM [tickets] AS [t]
WHERE [t].[desk] IN (@Value1, @Value2, @Value3) OR [t].[requester_id] = @person OR [t].[id] IN (
    SELECT [t0].[ticket_id]
    FROM [ticket_people] AS [t0]
    WHERE [t0].[person_id] = @person AND [t0].[relation] IN (@relations1, @relations2, @relations3)
)

-- All, for who works on one desk
DECLARE @Value nvarchar(10) = N'ITSD';
DECLARE @person bigint = CAST(2 AS bigint);
DECLARE @relations1 int = 1;
DECLARE @relations2 int = 3;
DECLARE @relations3 int = 4;

SELECT [t].[id]
FROM [tickets] AS [t]
WHERE [t].[desk] = @Value OR [t].[requester_id] = @person OR [t].[id] IN (
    SELECT [t0].[ticket_id]
    FROM [ticket_people] AS [t0]
    WHERE [t0].[person_id] = @person AND [t0].[relation] IN (@relations1, @relations2, @relations3)
)

-- All, for a customer who shares
DECLARE @person bigint = CAST(3 AS bigint);
DECLARE @relations1 int = 1;
DECLARE @relations2 int = 3;
DECLARE @relations3 int = 4;
DECLARE @Value bigint = CAST(1 AS bigint);
DECLARE @Value51 nvarchar(10) = N'ITSD';
DECLARE @Value52 nvarchar(10) = N'HR';
DECLARE @organizations1 bigint = CAST(1 AS bigint);

SELECT [t].[id]
FROM [tickets] AS [t]
WHERE [t].[requester_id] = @person OR [t].[id] IN (
    SELECT [t0].[ticket_id]
    FROM [ticket_people] AS [t0]
    WHERE [t0].[person_id] = @person AND [t0].[relation] IN (@relations1, @relations2, @relations3)
) OR ([t].[organization_id] IS NOT NULL AND [t].[organization_id] = @Value AND [t].[is_private] IS NULL AND [t].[desk] IN (@Value51, @Value52)) OR ([t].[id] IN (
    SELECT [t1].[ticket_id]
    FROM [ticket_organizations] AS [t1]
    WHERE [t1].[organization_id] = @organizations1
) AND [t].[desk] IN (@Value51, @Value52))

-- All, for a customer without an organization
DECLARE @person bigint = CAST(8 AS bigint);
DECLARE @relations1 int = 1;
DECLARE @relations2 int = 3;
DECLARE @relations3 int = 4;

SELECT [t].[id]
FROM [tickets] AS [t]
WHERE [t].[requester_id] = @person OR [t].[id] IN (
    SELECT [t0].[ticket_id]
    FROM [ticket_people] AS [t0]
    WHERE [t0].[person_id] = @person AND [t0].[relation] IN (@relations1, @relations2, @relations3)
)

-- A text
DECLARE @Value nvarchar(10) = N'ITSD';
DECLARE p0 nvarchar(4000) = N'[1450887882,1259513262,-1779859874,980738446,-1593718720]';
DECLARE p1 int = 5;
DECLARE p2 nvarchar(4000) = N'printer';
DECLARE p3 nvarchar(4000) = N'[1450887882,1259513262,-1779859874,980738446,-1593718720]';
DECLARE p4 int = 5;
DECLARE p5 nvarchar(4000) = N'printer';
DECLARE @person bigint = CAST(2 AS bigint);
DECLARE @relations1 int = 1;

SELECT [t].[id]
FROM [tickets] AS [t]
WHERE (([t].[desk] = @Value AND [t].[id] IN (
    SELECT [s].[ticket_id]
    FROM (
        SELECT t.id, t.ticket_id, t.part, t.source, t.visibility, t.text FROM ticket_texts AS t WHERE t.id IN (
            SELECT g.text_id FROM OPENJSON(@p0) AS n
            JOIN ticket_text_grams AS g ON g.gram = CAST(n.value AS int)
            GROUP BY g.text_id HAVING COUNT(*) = @p1
        ) AND CHARINDEX(@p2, t.text) > 0
    ) AS [s]
)) OR ([t].[desk] <> @Value AND [t].[id] IN (
    SELECT [s0].[ticket_id]
    FROM (
        SELECT t.id, t.ticket_id, t.part, t.source, t.visibility, t.text FROM ticket_texts AS t WHERE t.id IN (
            SELECT g.text_id FROM OPENJSON(@p3) AS n
            JOIN ticket_text_grams AS g ON g.gram = CAST(n.value AS int)
            GROUP BY g.text_id HAVING COUNT(*) = @p4
        ) AND CHARINDEX(@p5, t.text) > 0
    ) AS [s0]
    WHERE [s0].[visibility] = 1
))) AND ([t].[desk] = @Value OR [t].[requester_id] = @person OR [t].[id] IN (
    SELECT [t0].[ticket_id]
    FROM [ticket_people] AS [t0]
    WHERE [t0].[person_id] = @person AND [t0].[relation] = @relations1
))

-- A text of two characters
DECLARE @Value nvarchar(10) = N'ITSD';
DECLARE p0 nvarchar(4000) = N'[257766435]';
DECLARE p1 int = 1;
DECLARE p2 nvarchar(4000) = N'접속';
DECLARE p3 nvarchar(4000) = N'[257766435]';
DECLARE p4 int = 1;
DECLARE p5 nvarchar(4000) = N'접속';
DECLARE @person bigint = CAST(2 AS bigint);
DECLARE @relations1 int = 1;

SELECT [t].[id]
FROM [tickets] AS [t]
WHERE (([t].[desk] = @Value AND [t].[id] IN (
    SELECT [s].[ticket_id]
    FROM (
        SELECT t.id, t.ticket_id, t.part, t.source, t.visibility, t.text FROM ticket_texts AS t WHERE t.id IN (
            SELECT g.text_id FROM OPENJSON(@p0) AS n
            JOIN ticket_text_grams AS g ON g.gram = CAST(n.value AS int)
            GROUP BY g.text_id HAVING COUNT(*) = @p1
        ) AND CHARINDEX(@p2, t.text) > 0
    ) AS [s]
)) OR ([t].[desk] <> @Value AND [t].[id] IN (
    SELECT [s0].[ticket_id]
    FROM (
        SELECT t.id, t.ticket_id, t.part, t.source, t.visibility, t.text FROM ticket_texts AS t WHERE t.id IN (
            SELECT g.text_id FROM OPENJSON(@p3) AS n
            JOIN ticket_text_grams AS g ON g.gram = CAST(n.value AS int)
            GROUP BY g.text_id HAVING COUNT(*) = @p4
        ) AND CHARINDEX(@p5, t.text) > 0
    ) AS [s0]
    WHERE [s0].[visibility] = 1
))) AND ([t].[desk] = @Value OR [t].[requester_id] = @person OR [t].[id] IN (
    SELECT [t0].[ticket_id]
    FROM [ticket_people] AS [t0]
    WHERE [t0].[person_id] = @person AND [t0].[relation] = @relations1
))

-- A phrase, for a customer
DECLARE p0 nvarchar(4000) = N'[-869855115,1754754272,1372866548,-2110756734,-697785383,-1525305409]';
DECLARE p1 int = 6;
DECLARE p2 nvarchar(4000) = N'server down';
DECLARE @person bigint = CAST(3 AS bigint);
DECLARE @relations1 int = 1;
DECLARE @Value bigint = CAST(1 AS bigint);
DECLARE @Value61 nvarchar(10) = N'ITSD';
DECLARE @Value62 nvarchar(10) = N'HR';
DECLARE @organizations1 bigint = CAST(1 AS bigint);

SELECT [t].[id]
FROM [tickets] AS [t]
WHERE [t].[id] IN (
    SELECT [s].[ticket_id]
    FROM (
        SELECT t.id, t.ticket_id, t.part, t.source, t.visibility, t.text FROM ticket_texts AS t WHERE t.id IN (
            SELECT g.text_id FROM OPENJSON(@p0) AS n
            JOIN ticket_text_grams AS g ON g.gram = CAST(n.value AS int)
            GROUP BY g.text_id HAVING COUNT(*) = @p1
        ) AND CHARINDEX(@p2, t.text) > 0
    ) AS [s]
    WHERE [s].[visibility] = 1
) AND ([t].[requester_id] = @person OR [t].[id] IN (
    SELECT [t0].[ticket_id]
    FROM [ticket_people] AS [t0]
    WHERE [t0].[person_id] = @person AND [t0].[relation] = @relations1
) OR ([t].[organization_id] IS NOT NULL AND [t].[organization_id] = @Value AND [t].[is_private] IS NULL AND [t].[desk] IN (@Value61, @Value62)) OR ([t].[id] IN (
    SELECT [t1].[ticket_id]
    FROM [ticket_organizations] AS [t1]
    WHERE [t1].[organization_id] = @organizations1
) AND [t].[desk] IN (@Value61, @Value62)))

-- What was
DECLARE @last bigint = CAST(17732070000000001 AS bigint);
DECLARE @number int = 1;
DECLARE @named1 nvarchar(100) = N'in-progress';
DECLARE @first bigint = CAST(17726022000000000 AS bigint);
DECLARE @number4 int = 1;
DECLARE @Value nvarchar(100) = N'in-progress';
DECLARE @Value7 bigint = CAST(17732070000000001 AS bigint);
DECLARE @number8 int = 1;
DECLARE @first9 bigint = CAST(17732070000000001 AS bigint);
DECLARE @Value101 nvarchar(10) = N'ITSD';
DECLARE @Value102 nvarchar(10) = N'HR';
DECLARE @Value103 nvarchar(10) = N'FAC';
DECLARE @person bigint = CAST(1 AS bigint);
DECLARE @relations1 int = 1;
DECLARE @relations2 int = 3;
DECLARE @relations3 int = 4;

SELECT [t].[id]
FROM [tickets] AS [t]
WHERE (([t].[created_at] < @last AND [t].[id] IN (
    SELECT [t0].[ticket_id]
    FROM [ticket_changes] AS [t0]
    WHERE [t0].[field] = @number AND [t0].[old_value] IS NOT NULL AND [t0].[old_value] = @named1 AND [t0].[at] > @first AND NOT EXISTS (
        SELECT 1
        FROM [ticket_changes] AS [t1]
        WHERE [t1].[field] = @number4 AND [t1].[ticket_id] = [t0].[ticket_id] AND [t1].[version] < [t0].[version] AND [t1].[at] >= @last)
)) OR ([t].[status] = @Value AND [t].[created_at] < @Value7 AND [t].[id] NOT IN (
    SELECT [t2].[ticket_id]
    FROM [ticket_changes] AS [t2]
    WHERE [t2].[field] = @number8 AND [t2].[at] >= @first9
))) AND ([t].[desk] IN (@Value101, @Value102, @Value103) OR [t].[requester_id] = @person OR [t].[id] IN (
    SELECT [t3].[ticket_id]
    FROM [ticket_people] AS [t3]
    WHERE [t3].[person_id] = @person AND [t3].[relation] IN (@relations1, @relations2, @relations3)
))

-- What changed
DECLARE @number int = 3;
DECLARE @first bigint = CAST(17729820000000001 AS bigint);
DECLARE @ids1 bigint = CAST(1 AS bigint);
DECLARE @Value1 nvarchar(10) = N'ITSD';
DECLARE @Value2 nvarchar(10) = N'HR';
DECLARE @Value3 nvarchar(10) = N'FAC';
DECLARE @person bigint = CAST(1 AS bigint);
DECLARE @relations1 int = 1;
DECLARE @relations2 int = 3;
DECLARE @relations3 int = 4;

SELECT [t].[id]
FROM [tickets] AS [t]
WHERE [t].[id] IN (
    SELECT [t0].[ticket_id]
    FROM [ticket_changes] AS [t0]
    WHERE [t0].[field] = @number AND [t0].[at] >= @first AND [t0].[old_value] IS NULL AND [t0].[person_id] IS NOT NULL AND [t0].[person_id] = @ids1
) AND ([t].[desk] IN (@Value1, @Value2, @Value3) OR [t].[requester_id] = @person OR [t].[id] IN (
    SELECT [t1].[ticket_id]
    FROM [ticket_people] AS [t1]
    WHERE [t1].[person_id] = @person AND [t1].[relation] IN (@relations1, @relations2, @relations3)
))

-- A clock
DECLARE @names1 nvarchar(100) = N'time-to-resolution';
DECLARE @due bigint = CAST(17732106000000000 AS bigint);
DECLARE @names21 nvarchar(100) = N'time-to-resolution';
DECLARE @left bigint = CAST(36000000000 AS bigint);
DECLARE @names41 nvarchar(100) = N'time-to-first-response';
DECLARE @verdict int = 2;
DECLARE @Value1 nvarchar(10) = N'ITSD';
DECLARE @Value2 nvarchar(10) = N'HR';
DECLARE @Value3 nvarchar(10) = N'FAC';
DECLARE @person bigint = CAST(1 AS bigint);
DECLARE @relations1 int = 1;
DECLARE @relations2 int = 3;
DECLARE @relations3 int = 4;

SELECT [t].[id]
FROM [tickets] AS [t]
WHERE ([t].[id] IN (
    SELECT [t0].[ticket_id]
    FROM [ticket_clocks] AS [t0]
    WHERE [t0].[is_current] = CAST(1 AS bit) AND [t0].[metric] = @names1 AND [t0].[status] = 1 AND [t0].[due_at] < @due
) OR [t].[id] IN (
    SELECT [t1].[ticket_id]
    FROM [ticket_clocks] AS [t1]
    WHERE [t1].[is_current] = CAST(1 AS bit) AND [t1].[metric] = @names21 AND [t1].[status] = 2 AND [t1].[target_ticks] - [t1].[elapsed_ticks] < @left
)) AND [t].[id] IN (
    SELECT [t2].[ticket_id]
    FROM [ticket_clocks] AS [t2]
    WHERE [t2].[is_current] = CAST(1 AS bit) AND [t2].[metric] = @names41 AND [t2].[verdict] = @verdict
) AND ([t].[desk] IN (@Value1, @Value2, @Value3) OR [t].[requester_id] = @person OR [t].[id] IN (
    SELECT [t3].[ticket_id]
    FROM [ticket_people] AS [t3]
    WHERE [t3].[person_id] = @person AND [t3].[relation] IN (@relations1, @relations2, @relations3)
))

-- Words of a plugin, as linked(blocks)
DECLARE @Value nvarchar(10) = N'ITSD';
DECLARE @_8__locals1_field nvarchar(100) = N'plugin:tagged()';
DECLARE @value0 nvarchar(400) = N'vpn';
DECLARE @_8__locals1_field5 nvarchar(100) = N'plugin:tagged()';
DECLARE @value6 nvarchar(400) = N'major';

SELECT [t].[id]
FROM [tickets] AS [t]
WHERE [t].[desk] = @Value AND [t].[id] IN (
    SELECT [t0].[ticket_id]
    FROM [ticket_fields] AS [t0]
    WHERE [t0].[field] = @_8__locals1_field AND [t0].[text] = @value0
) AND ([t].[desk] <> @Value OR [t].[id] NOT IN (
    SELECT [t1].[ticket_id]
    FROM [ticket_fields] AS [t1]
    WHERE [t1].[field] = @_8__locals1_field5 AND [t1].[text] = @value6
))

-- A ticket that a plugin knows, as linkedTo(ITSD-1)
DECLARE @Value nvarchar(10) = N'ITSD';
DECLARE @_8__locals1_field nvarchar(100) = N'plugin:besides()';
DECLARE @value0 nvarchar(400) = N'1';

SELECT [t].[id]
FROM [tickets] AS [t]
WHERE [t].[desk] = @Value AND [t].[id] IN (
    SELECT [t0].[ticket_id]
    FROM [ticket_fields] AS [t0]
    WHERE [t0].[field] = @_8__locals1_field AND [t0].[text] = @value0
)

-- Own fields
DECLARE @field nvarchar(100) = N'impact';
DECLARE @list1 nvarchar(400) = N'high';
DECLARE @list2 nvarchar(400) = N'medium';
DECLARE @field2 nvarchar(100) = N'cost';
DECLARE @value float = 10.0E0;
DECLARE @field4 nvarchar(100) = N'place';
DECLARE @list51 nvarchar(400) = N'korea';
DECLARE @list52 nvarchar(400) = N'seoul';
DECLARE @list53 nvarchar(400) = N'gangnam';
DECLARE @list54 nvarchar(400) = N'busan';
DECLARE @Value1 nvarchar(10) = N'ITSD';
DECLARE @Value2 nvarchar(10) = N'HR';
DECLARE @Value3 nvarchar(10) = N'FAC';
DECLARE @person bigint = CAST(1 AS bigint);
DECLARE @relations1 int = 1;
DECLARE @relations2 int = 3;
DECLARE @relations3 int = 4;

SELECT [t].[id]
FROM [tickets] AS [t]
WHERE [t].[id] IN (
    SELECT [t0].[ticket_id]
    FROM [ticket_fields] AS [t0]
    WHERE [t0].[field] = @field AND [t0].[text] IS NOT NULL AND [t0].[text] IN (@list1, @list2)
) AND [t].[id] IN (
    SELECT [t1].[ticket_id]
    FROM [ticket_fields] AS [t1]
    WHERE [t1].[field] = @field2 AND [t1].[number] >= @value
) AND [t].[id] IN (
    SELECT [t2].[ticket_id]
    FROM [ticket_fields] AS [t2]
    WHERE [t2].[field] = @field4 AND [t2].[text] IS NOT NULL AND [t2].[text] IN (@list51, @list52, @list53, @list54)
) AND ([t].[desk] IN (@Value1, @Value2, @Value3) OR [t].[requester_id] = @person OR [t].[id] IN (
    SELECT [t3].[ticket_id]
    FROM [ticket_people] AS [t3]
    WHERE [t3].[person_id] = @person AND [t3].[relation] IN (@relations1, @relations2, @relations3)
))

-- A field that is hidden in some statuses
DECLARE @Value nvarchar(100) = N'in-progress';
DECLARE @field nvarchar(100) = N'cost';
DECLARE @Value21 nvarchar(10) = N'ITSD';
DECLARE @Value22 nvarchar(10) = N'HR';
DECLARE @Value23 nvarchar(10) = N'FAC';
DECLARE @person bigint = CAST(5 AS bigint);
DECLARE @relations1 int = 1;
DECLARE @relations2 int = 3;
DECLARE @relations3 int = 4;

SELECT [t].[id]
FROM [tickets] AS [t]
WHERE [t].[status] = @Value AND [t].[id] IN (
    SELECT [t0].[ticket_id]
    FROM [ticket_fields] AS [t0]
    WHERE [t0].[field] = @field AND [t0].[number] IS NOT NULL
) AND ([t].[desk] IN (@Value21, @Value22, @Value23) OR [t].[requester_id] = @person OR [t].[id] IN (
    SELECT [t1].[ticket_id]
    FROM [ticket_people] AS [t1]
    WHERE [t1].[person_id] = @person AND [t1].[relation] IN (@relations1, @relations2, @relations3)
))

-- Whom fields hold
DECLARE @_8__locals1_field nvarchar(100) = N'manager';
DECLARE @value nvarchar(400) = N'3';
DECLARE @_8__locals1_field2 nvarchar(100) = N'crew';
DECLARE @value3 nvarchar(400) = N'1';
DECLARE @Value1 nvarchar(10) = N'ITSD';
DECLARE @Value2 nvarchar(10) = N'HR';
DECLARE @Value30 nvarchar(10) = N'FAC';
DECLARE @person bigint = CAST(1 AS bigint);
DECLARE @relations1 int = 1;
DECLARE @relations2 int = 3;
DECLARE @relations3 int = 4;

SELECT [t].[id]
FROM [tickets] AS [t]
WHERE [t].[id] IN (
    SELECT [t0].[ticket_id]
    FROM [ticket_fields] AS [t0]
    WHERE [t0].[field] = @_8__locals1_field AND [t0].[text] = @value
) AND [t].[id] IN (
    SELECT [t1].[ticket_id]
    FROM [ticket_fields] AS [t1]
    WHERE [t1].[field] = @_8__locals1_field2 AND [t1].[text] = @value3
) AND ([t].[desk] IN (@Value1, @Value2, @Value30) OR [t].[requester_id] = @person OR [t].[id] IN (
    SELECT [t2].[ticket_id]
    FROM [ticket_people] AS [t2]
    WHERE [t2].[person_id] = @person AND [t2].[relation] IN (@relations1, @relations2, @relations3)
))

-- A person by name
DECLARE @Value bigint = CAST(3 AS bigint);
DECLARE @Value1 bigint = CAST(1 AS bigint);
DECLARE @Value21 nvarchar(10) = N'ITSD';
DECLARE @Value22 nvarchar(10) = N'HR';
DECLARE @Value23 nvarchar(10) = N'FAC';
DECLARE @person bigint = CAST(1 AS bigint);
DECLARE @relations1 int = 1;
DECLARE @relations2 int = 3;
DECLARE @relations3 int = 4;

SELECT [t].[id]
FROM [tickets] AS [t]
WHERE (([t].[assignee_id] IS NOT NULL AND [t].[assignee_id] = @Value) OR [t].[requester_id] = @Value1) AND ([t].[desk] IN (@Value21, @Value22, @Value23) OR [t].[requester_id] = @person OR [t].[id] IN (
    SELECT [t0].[ticket_id]
    FROM [ticket_people] AS [t0]
    WHERE [t0].[person_id] = @person AND [t0].[relation] IN (@relations1, @relations2, @relations3)
))

-- Moments
DECLARE @Value bigint = CAST(17729820000000000 AS bigint);
DECLARE @Value11 nvarchar(10) = N'ITSD';
DECLARE @Value12 nvarchar(10) = N'HR';
DECLARE @Value13 nvarchar(10) = N'FAC';
DECLARE @person bigint = CAST(1 AS bigint);
DECLARE @relations1 int = 1;
DECLARE @relations2 int = 3;
DECLARE @relations3 int = 4;

SELECT [t].[id]
FROM [tickets] AS [t]
WHERE [t].[created_at] >= @Value AND [t].[resolved_at] IS NULL AND ([t].[desk] IN (@Value11, @Value12, @Value13) OR [t].[requester_id] = @person OR [t].[id] IN (
    SELECT [t0].[ticket_id]
    FROM [ticket_people] AS [t0]
    WHERE [t0].[person_id] = @person AND [t0].[relation] IN (@relations1, @relations2, @relations3)
))

-- A page in the order of impact DESC, created
DECLARE @p int = 51;
DECLARE @Value8 nvarchar(400) = N'low';
DECLARE @Value9 nvarchar(400) = N'medium';
DECLARE @Value10 nvarchar(400) = N'high';
DECLARE @field nvarchar(100) = N'impact';
DECLARE @Value2 int = 1;
DECLARE @Value3 int = 2;
DECLARE @Value4 int = 3;
DECLARE @Value1 nvarchar(10) = N'ITSD';
DECLARE @person bigint = CAST(2 AS bigint);
DECLARE @relations1 int = 1;
DECLARE @relations2 int = 3;
DECLARE @relations3 int = 4;

SELECT TOP(@p) (
    SELECT TOP(1) CASE
        WHEN [t3].[text] = @Value8 THEN 0
        WHEN [t3].[text] = @Value9 THEN 1
        WHEN [t3].[text] = @Value10 THEN 2
        ELSE 3
    END
    FROM [ticket_fields] AS [t3]
    WHERE [t3].[ticket_id] = [t].[id] AND [t3].[field] = @field AND [t3].[ordinal] = 0), [t].[created_at], [t].[id]
FROM [tickets] AS [t]
WHERE [t].[category] IN (@Value2, @Value3, @Value4) AND ([t].[desk] = @Value1 OR [t].[requester_id] = @person OR [t].[id] IN (
    SELECT [t0].[ticket_id]
    FROM [ticket_people] AS [t0]
    WHERE [t0].[person_id] = @person AND [t0].[relation] IN (@relations1, @relations2, @relations3)
)) AND (
    SELECT TOP(1) CASE
        WHEN [t1].[text] = @Value8 THEN 0
        WHEN [t1].[text] = @Value9 THEN 1
        WHEN [t1].[text] = @Value10 THEN 2
        ELSE 3
    END
    FROM [ticket_fields] AS [t1]
    WHERE [t1].[ticket_id] = [t].[id] AND [t1].[field] = @field AND [t1].[ordinal] = 0) IS NOT NULL
ORDER BY (
    SELECT TOP(1) CASE
        WHEN [t2].[text] = @Value8 THEN 0
        WHEN [t2].[text] = @Value9 THEN 1
        WHEN [t2].[text] = @Value10 THEN 2
        ELSE 3
    END
    FROM [ticket_fields] AS [t2]
    WHERE [t2].[ticket_id] = [t].[id] AND [t2].[field] = @field AND [t2].[ordinal] = 0) DESC, [t].[created_at], [t].[id] DESC

-- A page in the order of manager
DECLARE @p int = 51;
DECLARE @Value1 nvarchar(10) = N'ITSD';
DECLARE @field nvarchar(100) = N'manager';
DECLARE @Value2 int = 1;
DECLARE @Value3 int = 2;
DECLARE @Value4 int = 3;
DECLARE @person bigint = CAST(2 AS bigint);
DECLARE @relations1 int = 1;
DECLARE @relations2 int = 3;
DECLARE @relations3 int = 4;

SELECT TOP(@p) CASE
    WHEN [t].[desk] = @Value1 THEN (
        SELECT TOP(1) [p1].[name]
        FROM [ticket_fields] AS [t3]
        INNER JOIN [people] AS [p1] ON CAST([t3].[number] AS bigint) = [p1].[id]
        WHERE [t3].[ticket_id] = [t].[id] AND [t3].[field] = @field)
END, [t].[id]
FROM [tickets] AS [t]
WHERE [t].[category] IN (@Value2, @Value3, @Value4) AND ([t].[desk] = @Value1 OR [t].[requester_id] = @person OR [t].[id] IN (
    SELECT [t0].[ticket_id]
    FROM [ticket_people] AS [t0]
    WHERE [t0].[person_id] = @person AND [t0].[relation] IN (@relations1, @relations2, @relations3)
)) AND CASE
    WHEN [t].[desk] = @Value1 THEN (
        SELECT TOP(1) [p].[name]
        FROM [ticket_fields] AS [t1]
        INNER JOIN [people] AS [p] ON CAST([t1].[number] AS bigint) = [p].[id]
        WHERE [t1].[ticket_id] = [t].[id] AND [t1].[field] = @field)
END IS NOT NULL
ORDER BY CASE
    WHEN [t].[desk] = @Value1 THEN (
        SELECT TOP(1) [p0].[name]
        FROM [ticket_fields] AS [t2]
        INNER JOIN [people] AS [p0] ON CAST([t2].[number] AS bigint) = [p0].[id]
        WHERE [t2].[ticket_id] = [t].[id] AND [t2].[field] = @field)
END, [t].[id]

-- A page in the order of remaining
DECLARE @p int = 51;
DECLARE @Value1 nvarchar(10) = N'ITSD';
DECLARE @Value2 int = 1;
DECLARE @Value3 int = 2;
DECLARE @Value4 int = 3;
DECLARE @person bigint = CAST(2 AS bigint);
DECLARE @relations1 int = 1;
DECLARE @relations2 int = 3;
DECLARE @relations3 int = 4;

SELECT TOP(@p) CASE
    WHEN [t].[desk] = @Value1 THEN [t].[next_due_at]
END, [t].[id]
FROM [tickets] AS [t]
WHERE [t].[category] IN (@Value2, @Value3, @Value4) AND ([t].[desk] = @Value1 OR [t].[requester_id] = @person OR [t].[id] IN (
    SELECT [t0].[ticket_id]
    FROM [ticket_people] AS [t0]
    WHERE [t0].[person_id] = @person AND [t0].[relation] IN (@relations1, @relations2, @relations3)
)) AND CASE
    WHEN [t].[desk] = @Value1 THEN [t].[next_due_at]
END IS NOT NULL
ORDER BY CASE
    WHEN [t].[desk] = @Value1 THEN [t].[next_due_at]
END, [t].[id]

-- Counted
DECLARE @Value int = 3;
DECLARE @Value1 nvarchar(10) = N'ITSD';
DECLARE @person bigint = CAST(2 AS bigint);
DECLARE @relations1 int = 1;
DECLARE @relations2 int = 3;
DECLARE @relations3 int = 4;

SELECT [t].[status] AS [Key], COUNT(*) AS [Count]
FROM [tickets] AS [t]
WHERE [t].[priority] = @Value AND ([t].[desk] = @Value1 OR [t].[requester_id] = @person OR [t].[id] IN (
    SELECT [t0].[ticket_id]
    FROM [ticket_people] AS [t0]
    WHERE [t0].[person_id] = @person AND [t0].[relation] IN (@relations1, @relations2, @relations3)
))
GROUP BY [t].[status]

-- For reports
SELECT [t].[id] AS [Value]
FROM [tickets] AS [t]
WHERE [t].[status] <> @ticket_set_0 AND CASE
    WHEN [t].[desk] = @ticket_set_1 OR [t].[requester_id] = @ticket_set_2 OR [t].[id] IN (
        SELECT [t0].[ticket_id]
        FROM [ticket_people] AS [t0]
        WHERE [t0].[person_id] = @ticket_set_2 AND [t0].[relation] IN (@ticket_set_3, @ticket_set_4, @ticket_set_5)
    ) THEN 1
    ELSE 0
END = 1

-- For reports, told apart by a field
SELECT [t].[ticket_id] AS [Ticket], COALESCE([t].[text], CASE
    WHEN [t].[number] > 0.0E0 THEN N'true'
    WHEN [t].[number] IS NOT NULL THEN N'false'
END) AS [Word]
FROM [ticket_fields] AS [t]
INNER JOIN (
    SELECT [t0].[id]
    FROM [tickets] AS [t0]
    WHERE [t0].[status] NOT IN (@ticket_words_0, @ticket_words_1)
) AS [t1] ON [t].[ticket_id] = [t1].[id]
WHERE [t].[field] = @ticket_words_2 AND [t].[ordinal] = 0

-- People by the name person 3
DECLARE @typed_contains nvarchar(4000) = N'%person 3%';

SELECT [p].[id] AS [Id], [p].[name] AS [Name], COALESCE([p].[email], N'') AS [Other]
FROM [people] AS [p]
WHERE [p].[search_text] LIKE @typed_contains ESCAPE N'\'

-- People by the name ㄱㅁ
DECLARE @typed_contains nvarchar(4000) = N'%ㄱㅁ%';

SELECT [p].[id] AS [Id], [p].[name] AS [Name], COALESCE([p].[email], N'') AS [Other]
FROM [people] AS [p]
WHERE [p].[search_text] LIKE @typed_contains ESCAPE N'\'

-- People whom a customer knows
DECLARE @typed_contains nvarchar(4000) = N'%person%';
DECLARE @self bigint = CAST(3 AS bigint);
DECLARE @ids1 bigint = CAST(1 AS bigint);

SELECT [p].[id] AS [Id], [p].[name] AS [Name], COALESCE([p].[email], N'') AS [Other]
FROM [people] AS [p]
WHERE [p].[search_text] LIKE @typed_contains ESCAPE N'\' AND ([p].[id] = @self OR EXISTS (
    SELECT 1
    FROM [memberships] AS [m]
    WHERE [p].[id] = [m].[person_id] AND [m].[organization_id] IN (
        SELECT [o].[id]
        FROM [organizations] AS [o]
        WHERE [o].[id] = @ids1
    )))

-- People by address
DECLARE @wanted1 nvarchar(255) = N'PERSON3@EXAMPLE.COM';

SELECT [p].[id] AS [Id], [p].[name] AS [Name], COALESCE([p].[email], N'') AS [Other]
FROM [people] AS [p]
WHERE [p].[normalized_email] IS NOT NULL AND [p].[normalized_email] = @wanted1

-- Organizations
DECLARE @ids1 bigint = CAST(1 AS bigint);

SELECT [o].[id] AS [Id], [o].[name] AS [Name], [o].[key] AS [Other]
FROM [organizations] AS [o]
WHERE [o].[id] = @ids1

-- A ticket by its key
DECLARE @desk nvarchar(10) = N'ITSD';
DECLARE @number int = 1;

SELECT [t0].[id]
FROM [ticket_keys] AS [t]
INNER JOIN [tickets] AS [t0] ON [t].[ticket_id] = [t0].[id]
WHERE [t].[desk] = @desk AND [t].[number] = @number

