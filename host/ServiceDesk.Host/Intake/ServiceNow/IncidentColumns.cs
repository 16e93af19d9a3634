namespace ServiceDesk.Host.Intake.ServiceNow;

/// <summary>Where the columns of a file stand, by the names of its header.</summary>
public sealed class IncidentColumns
{
    private static readonly string[] Needed =
    [
        "number",
        "incident_state",
        "sys_mod_count",
        "caller_id",
        "opened_at",
        "sys_updated_at",
        "priority",
        "assignment_group",
        "assigned_to",
        "resolved_at",
        "closed_at",
    ];

    private readonly Dictionary<string, int> places;

    private IncidentColumns(Dictionary<string, int> places, int count) => (this.places, Count) = (places, count);

    public int Count { get; }

    public IReadOnlyList<string> Missing => [.. Needed.Where(name => !places.ContainsKey(name))];

    public static IncidentColumns Of(string[] header)
    {
        var found = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (index, name) in header.Index())
        {
            // A file may begin with the mark of its encoding.
            found.TryAdd(name.Trim('\uFEFF').Trim(), index);
        }

        return new IncidentColumns(found, header.Length);
    }

    /// <summary>The value of a column; null when the file has no such column or says <c>?</c> or nothing.</summary>
    public string? Value(string[] record, string name) =>
        places.TryGetValue(name, out var place)
        && place < record.Length
        && record[place] is { Length: > 0 } value
        && value != "?"
            ? value
            : null;
}
