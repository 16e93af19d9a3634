using System.Collections.Concurrent;
using System.Globalization;
using System.Text.RegularExpressions;
using ServiceDesk.Storage.Connections;

namespace ServiceDesk.Storage.Dialects;

/// <summary>
/// Makes one statement over many rows of statements that write one row each: the values go as an array a column. What a
/// server does for each statement, and the driver for each parameter, is most of the work of a commit otherwise.
/// </summary>
/// <param name="columns">The types of a table's columns by their names as SQL writes them; null where there is no such table.</param>
internal sealed partial class PostgreSqlRows(Func<string, IReadOnlyDictionary<string, string>?> columns)
{
    // A pair is not worth the arrays.
    private const int Fewest = 3;

    private readonly ConcurrentDictionary<string, Shape> shapes = new(StringComparer.Ordinal);

    /// <summary>
    /// The same effect in fewer statements. The ones that stay as they are come last, in their order; those of one text come
    /// together, where the first of them stood. So statements on one row must not depend on the order of their texts.
    /// </summary>
    public IReadOnlyList<Statement> Together(IReadOnlyList<Statement> statements)
    {
        var groups = statements.GroupBy(statement => statement.Sql, StringComparer.Ordinal).ToList();
        var shaped = groups.Select(group => shapes.GetOrAdd(group.Key, Read)).ToList();
        var whole = shaped
            .Where(shape => shape.Sql is null)
            .Select(shape => shape.Table)
            .ToHashSet(StringComparer.Ordinal);
        var together = new List<Statement>();
        var left = new List<Statement>();
        foreach (var (group, shape) in groups.Zip(shaped))
        {
            List<Statement> members = [.. group];
            if (shape.Sql is null || whole.Contains(shape.Table))
            {
                continue;
            }

            if (members.Count < Fewest)
            {
                together.AddRange(members);
            }
            else
            {
                together.Add(new Statement(shape.Sql, shape.Arrays(members)));
            }
        }

        // In the order in which they came, whatever their texts.
        left.AddRange(
            statements.Where(statement =>
                shapes[statement.Sql] is var shape && (shape.Sql is null || whole.Contains(shape.Table))
            )
        );
        return [.. together, .. left];
    }

    private Shape Read(string sql)
    {
        if (InsertPattern().Match(sql) is { Success: true } insert)
        {
            var names = insert.Groups["columns"].Value.Split(", ");
            var values = insert.Groups["values"].Value.Split(", ");
            var taken = names.Zip(values).Where(pair => pair.Second.StartsWith('@'));
            return Of(
                insert,
                taken.ToDictionary(pair => Number(pair.Second), pair => pair.First),
                rows =>
                    $"INSERT INTO {insert.Groups["table"]} ({insert.Groups["columns"]}) "
                    + $"SELECT {Named(insert.Groups["values"].Value)} FROM {rows}"
            );
        }

        if (UpdatePattern().Match(sql) is { Success: true } update)
        {
            return Of(
                update,
                Compared(sql),
                rows =>
                    $"UPDATE {update.Groups["table"]} SET {Named(update.Groups["set"].Value)} FROM {rows} "
                    + $"WHERE {Named(update.Groups["where"].Value)}"
            );
        }

        if (DeletePattern().Match(sql) is { Success: true } delete)
        {
            return Of(
                delete,
                Compared(sql),
                rows => $"DELETE FROM {delete.Groups["table"]} USING {rows} WHERE {Named(delete.Groups["where"].Value)}"
            );
        }

        return new Shape("", null, []);
    }

    private Shape Of(Match match, Dictionary<int, string> parameters, Func<string, string> write)
    {
        var table = match.Groups["table"].Value;
        var none = new Shape(table, null, []);
        if (
            columns(table) is not { } known
            || parameters.Count != ParameterPattern().Matches(match.Value).Select(m => m.Value).Distinct().Count()
        )
        {
            return none;
        }

        var types = new List<string>();
        for (var index = 0; index < parameters.Count; index++)
        {
            if (
                !parameters.TryGetValue(index, out var column)
                || !known.TryGetValue(column.Trim('"'), out var type)
                || Plain(type) is not { } plain
            )
            {
                return none;
            }

            types.Add(plain);
        }

        var arrays = types.Select((type, index) => $"CAST({Statement.Name(index)} AS {type}[])");
        var names = Enumerable.Range(0, types.Count).Select(index => $"p{index}");
        return new Shape(table, write($"unnest({string.Join(", ", arrays)}) AS v ({string.Join(", ", names)})"), types);
    }

    // A cast to a length would cut what is too long, where the column refuses it.
    private static string? Plain(string type) =>
        type switch
        {
            "bigint" or "integer" or "boolean" or "text" or "double precision" => type,
            _ when type.StartsWith("character varying", StringComparison.Ordinal) => "text",
            _ => null,
        };

    private static Dictionary<int, string> Compared(string sql)
    {
        var found = new Dictionary<int, string>();
        foreach (Match match in ComparedPattern().Matches(sql))
        {
            found.TryAdd(Number(match.Groups["parameter"].Value), match.Groups["column"].Value);
        }

        return found;
    }

    private static int Number(string parameter) => int.Parse(parameter.AsSpan(2), CultureInfo.InvariantCulture);

    private static string Named(string sql) => ParameterPattern().Replace(sql, match => "v." + match.Value[1..]);

    // Without a select, a comma or a parenthesis inside values: all that the product writes by hand for a row.
    [GeneratedRegex(
        @"^INSERT INTO (?<table>\w+) \((?<columns>[^)]+)\) VALUES \((?<values>[^()]+)\)$",
        RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking
    )]
    private static partial Regex InsertPattern();

    [GeneratedRegex(
        @"^UPDATE (?<table>\w+) SET (?<set>[^()]+) WHERE (?<where>[^$]+)$",
        RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking
    )]
    private static partial Regex UpdatePattern();

    [GeneratedRegex(
        @"^DELETE FROM (?<table>\w+) WHERE (?<where>[^()]+)$",
        RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking
    )]
    private static partial Regex DeletePattern();

    [GeneratedRegex(
        @"(?<column>\w+|""\w+"") = (?<parameter>@p\d+)",
        RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking
    )]
    private static partial Regex ComparedPattern();

    [GeneratedRegex(@"@p\d+", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex ParameterPattern();

    /// <param name="Table">Which table is written.</param>
    /// <param name="Sql">The statement over many rows; null where there is none.</param>
    /// <param name="Types">The type of each parameter.</param>
    private sealed record Shape(string Table, string? Sql, IReadOnlyList<string> Types)
    {
        public object?[] Arrays(List<Statement> members) =>
            [
                .. Types.Select(
                    (type, index) => (object?)Array(type, [.. members.Select(member => member.Values[index])])
                ),
            ];

        private static Array Array(string type, object?[] values) =>
            type switch
            {
                "bigint" => System.Array.ConvertAll(values, one => one is null ? (long?)null : Whole(one)),
                "integer" => System.Array.ConvertAll(values, one => one is null ? (int?)null : (int)Whole(one)),
                "boolean" => System.Array.ConvertAll(values, one => (bool?)one),
                "double precision" => System.Array.ConvertAll(
                    values,
                    one => one is null ? (double?)null : Convert.ToDouble(one, CultureInfo.InvariantCulture)
                ),
                _ => System.Array.ConvertAll(values, one => (string?)one),
            };

        private static long Whole(object value) => Convert.ToInt64(value, CultureInfo.InvariantCulture);
    }
}
