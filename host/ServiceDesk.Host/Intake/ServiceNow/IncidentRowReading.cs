using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using NodaTime;
using NodaTime.Text;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Host.Intake.ServiceNow;

/// <summary>Reads one row, and says what is wrong with it.</summary>
internal sealed class IncidentRowReading(IncidentColumns columns, string[] record, int line, Instant now)
{
    // Names of persons and groups become names of people and teams.
    private const int LongestName = 200;
    private static readonly LocalDateTimePattern Time = LocalDateTimePattern.CreateWithInvariantCulture(
        "dd-MM-yyyy HH:mm"
    );
    private readonly List<RowProblem> problems = [];

    public IReadOnlyList<RowProblem> Problems => problems;

    /// <summary>The row; null when something is wrong.</summary>
    public IncidentRow? Read()
    {
        if (record.Length != columns.Count)
        {
            problems.Add(RowProblem.At(line, "import.row-cut", Shown(columns.Count), Shown(record.Length)));
            return null;
        }

        var state = Name("incident_state") ?? Missing("incident_state");
        var row = new IncidentRow(
            line,
            Key(),
            Count("sys_mod_count"),
            IncidentWords.Status(state),
            state,
            IncidentWords.Priority(Value("priority")) ?? Wrong<Priority>("priority"),
            IncidentWords.Level(Value("impact")),
            IncidentWords.Level(Value("urgency")),
            Name("caller_id") ?? Missing("caller_id"),
            Name("assignment_group"),
            Name("assigned_to"),
            Instant("opened_at") ?? Wrong<Instant>("opened_at"),
            Instant("sys_updated_at") ?? Wrong<Instant>("sys_updated_at"),
            Instant("resolved_at"),
            Instant("closed_at"),
            Summary(),
            Description(),
            Fingerprint()
        );
        CheckOrder(row);
        return problems.Count == 0 ? row : null;
    }

    private void CheckOrder(IncidentRow row)
    {
        if (problems.Count > 0)
        {
            return;
        }

        if (row.UpdatedAt > now)
        {
            problems.Add(RowProblem.At(line, "import.in-future", "sys_updated_at"));
        }

        if (row.OpenedAt > row.UpdatedAt)
        {
            problems.Add(RowProblem.At(line, "import.updated-before-opened"));
        }
    }

    private string Key()
    {
        var number = Value("number");
        if (number is { Length: <= 40 } && number.All(char.IsAsciiLetterOrDigit))
        {
            return number;
        }

        problems.Add(RowProblem.At(line, "import.value-wrong", "number", Cut(number)));
        return string.Empty;
    }

    private int Count(string column)
    {
        var text = Value(column);
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count))
        {
            return count;
        }

        problems.Add(RowProblem.At(line, "import.value-wrong", column, Cut(text)));
        return 0;
    }

    private Instant? Instant(string column)
    {
        var text = Value(column);
        if (text is null)
        {
            return null;
        }

        // The file tells no zone; its times are taken as UTC.
        if (Time.Parse(text).TryGetValue(default, out var time) && time.Year is >= 1990 and < 3000)
        {
            return time.InUtc().ToInstant();
        }

        problems.Add(RowProblem.At(line, "import.value-wrong", column, Cut(text)));
        return null;
    }

    private string? Name(string column)
    {
        var text = Value(column);
        if (text is null || (text.Length <= LongestName && !text.Any(char.IsControl)))
        {
            return text;
        }

        problems.Add(RowProblem.At(line, "import.value-wrong", column, Cut(text)));
        return null;
    }

    // Said once for a value, whether it is missing or unreadable.
    private T Wrong<T>(string column)
        where T : struct
    {
        if (!problems.Exists(problem => problem.Arguments.Contains(column)))
        {
            problems.Add(RowProblem.At(line, "import.value-wrong", column, Cut(Value(column))));
        }

        return default;
    }

    private string Missing(string column)
    {
        if (!problems.Exists(problem => problem.Arguments.Contains(column)))
        {
            problems.Add(RowProblem.At(line, "import.value-missing", column));
        }

        return string.Empty;
    }

    private string Summary()
    {
        var parts = new[] { Name("category"), Name("subcategory"), Name("u_symptom") }.OfType<string>().ToList();
        var words = parts.Count > 0 ? string.Join(" · ", parts) : Value("number") ?? string.Empty;
        return words.Length <= 255 ? words : words[..255];
    }

    private string Description() =>
        string.Join('\n', new[] { Name("location"), Name("cmdb_ci"), Name("contact_type") }.OfType<string>());

    private string Fingerprint() =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\u001F', record))))[..16];

    private string? Value(string column) => columns.Value(record, column);

    private static string Cut(string? text) => text is { Length: > 40 } ? text[..39] + "…" : text ?? "?";

    private static string Shown(int number) => number.ToString(CultureInfo.InvariantCulture);
}
